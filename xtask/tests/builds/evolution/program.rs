//! A program that uses the client of `model.json` in all ways that the guide describes.

use cities::error::{CreateCityError, GetCityError, ListCitiesError};
use cities::runtime::client::{
    Attempt, AttemptOutcome, BuildError, Call, CallInfo, CallOutcome, Hook, RetryDecision, RunCall,
};
use cities::runtime::operation::{Operation, OperationError, RequestOptions};
use cities::runtime::testing::{MockError, MockTransport, unknown_member};
use cities::runtime::transport::BoxError;
use cities::runtime::types::Body;
use cities::types::{
    AlreadyExists, Area, City, CreateCityInput, CreateCityInputRequired, CreateCityOutput, Denied,
    DownloadMapInput, DownloadMapOutput, GetCityInput, GetCityOutput, Kind, Level, ListCitiesInput,
    ListCitiesOutput, NoSuchCity, Options, Position, Reason, Square,
};
use cities::{AnyError, Client, Error, ErrorKind, SetOptional, blocking, operation};
use std::collections::{BTreeMap, HashMap};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::time::Duration;

// Clients

pub fn client() -> Result<Client, BuildError> {
    Client::builder().endpoint_url("https://example.com").hook(Log).retries(1).build()
}

pub fn blocking_client() -> Result<blocking::Client, BuildError> {
    blocking::Client::builder().endpoint_url("https://example.com").build()
}

pub struct Cities {
    client: Client,
    errors: Vec<AnyError>,
}

impl Cities {
    pub async fn create(&mut self, input: CreateCityInput) -> Option<City> {
        let client = self.client.clone();
        client
            .create_city(input)
            .await
            .map_err(|error| self.errors.push(error.into()))
            .ok()
            .map(|output| output.city)
    }
}

// Inputs

pub fn with_named_members(
    name: &str,
    nickname: Option<String>,
    tags: Option<Vec<(&str, &str)>>,
) -> CreateCityInput {
    let required = CreateCityInputRequired {
        name: name.to_owned(),
        country: "IT".into(),
        population: 3_000_000,
        position: Position::new(41.9, 12.5),
        kind: Kind::Capital,
    };
    CreateCityInput::new(required)
        .area(Area::Square(Square::new(36.0)))
        .tags([("river", "Tiber")])
        .mayor("a mayor")
        .twin("Paris")
        .page_size(5)
        .token("token")
        .set_optional(nickname, CreateCityInput::nickname)
        .set_optional(tags, CreateCityInput::tags)
}

pub fn inputs() -> (GetCityInput, GetCityInput, DownloadMapInput, ListCitiesInput, ListCitiesInput) {
    let list = ListCitiesInput::new().kinds([Kind::Town, "village".into()]);
    (GetCityInput::new("Rome"), "Rome".into(), String::from("Rome").into(), list, ListCitiesInput::default())
}

pub fn changed(mut input: CreateCityInput) -> CreateCityInput {
    let CreateCityInput { name, population, area, twin, .. } = input.clone();
    input.name = format!("New {name}");
    input.population = population + 1;
    input.nickname = twin.or(input.nickname.take());
    input.area = area.filter(|area| !area.is_none());
    input.page_size = input.page_size.map(|size| size * 2);
    input
}

pub fn names(names: Vec<String>) -> Vec<GetCityInput> {
    names.into_iter().map(GetCityInput::new).collect()
}

// Calls

pub async fn calls(client: &Client) -> Result<Vec<City>, AnyError> {
    let created =
        client.create_city(with_named_members("Rome", None, None)).timeout(Duration::from_secs(5)).await?;
    let found = client.get_city("Rome").send().await?;
    let response = client.list_cities(ListCitiesInput::new()).with_metadata().await?;
    let ListCitiesOutput { cities, .. } = response.output;
    client.ping().await?;
    let CreateCityOutput { city, .. } = created;
    Ok(cities.into_iter().chain(found.city).chain([city]).collect())
}

pub fn blocking_calls(client: &blocking::Client) -> Result<Option<i32>, Box<dyn std::error::Error>> {
    let city = client.create_city(with_named_members("Rome", None, None)).send()?.city;
    let output: GetCityOutput = client.get_city(city.name.as_str()).with_metadata().send()?.output;
    client.ping().send()?;
    Ok(output.level.map(|level| level.value()))
}

pub async fn streamed(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
    let output = client.download_map("Rome").await?;
    Ok(output.map.collect_text(1_000).await?)
}

pub fn pending(client: &Client) -> Call<operation::GetCity> {
    client.get_city(GetCityInput::new("Rome")).header("x-tenant", "blue")
}

pub async fn any_call<O: Operation>(call: Call<O>) -> Result<O::Output, AnyError>
where
    O::Error: std::error::Error,
{
    Ok(call.await?)
}

pub async fn any_calls(client: &Client) -> Result<City, AnyError> {
    any_call(client.ping()).await?;
    Ok(any_call(client.create_city(with_named_members("Rome", None, None))).await?.city)
}

pub fn without_a_client(
    response: http::Response<bytes::Bytes>,
) -> Result<GetCityOutput, Error<<operation::GetCity as Operation>::Error>> {
    let endpoint = http::Uri::from_static("https://example.com");
    let options = RequestOptions::default();
    let _ = cities::runtime::operation::request::<operation::GetCity>("Rome".into(), &endpoint, &options);
    cities::runtime::operation::response::<operation::GetCity>(response)
}

// Outputs

pub fn describe(city: &City) -> String {
    let City { name, rank, position: Position { latitude, longitude, .. }, note, .. } = city;
    let kind = city.kind.as_ref().map_or("unknown", Kind::as_str);
    let river = city.tags.as_ref().and_then(|tags| tags.get("river"));
    let side = city.area.as_ref().and_then(Area::as_square).map(|square| square.side);
    format!("{name} {rank} {kind} {latitude} {longitude} {note} {river:?} {side:?}")
}

pub fn parts(output: GetCityOutput) -> Option<(String, i32, Area, BTreeMap<String, String>)> {
    let city = output.city?;
    let area: Area = city.area?;
    Some((city.name, city.rank, area, city.tags.unwrap_or_default()))
}

pub fn sample() -> City {
    let mut city = City::new("Rome", 1, Position::new(41.9, 12.5)).kind("capital").note("eternal");
    city.position.latitude += 0.1;
    city.rank = 2;
    city.area = Some(Area::None);
    city
}

pub fn options(output: ListCitiesOutput) -> Options {
    let Options { .. } = Options::default();
    output.options.unwrap_or_else(Options::new)
}

// Enums and unions

pub fn by_kind(kind: &Kind) -> &str {
    match kind {
        Kind::Town => "a town",
        Kind::Capital => "a capital",
        Kind::Unknown(other) => other.as_str(),
        _ => "other",
    }
}

pub fn by_level(level: Level) -> i32 {
    match level {
        Level::Low | Level::High => 1,
        Level::Unknown(level) => level.value(),
        other => other.value(),
    }
}

pub fn parsed(text: &str) -> (Kind, Kind, Level, usize) {
    let Ok(kind) = text.parse::<Kind>();
    let known = Kind::VALUES.iter().filter(|kind| kind.to_string() != text).count();
    (kind, Kind::from(text), Level::from(1), known + Level::VALUES.len())
}

pub fn by_area(area: &Area) -> f64 {
    if area.is_none() {
        return 0.0;
    }
    if let Area::Circle(radius) = area {
        return radius * radius * std::f64::consts::PI;
    }
    match area {
        Area::Square(Square { side, .. }) => side * side,
        Area::Unknown(member) => member.name().len() as f64,
        _ => f64::NAN,
    }
}

pub fn by_members(area: Area) -> Option<f64> {
    let unknown = unknown_member("hexagon", Default::default());
    let Area::Square(square) = area else { return (area != Area::Unknown(unknown)).then_some(0.0) };
    Area::Square(square).as_square().map(|square| square.side).or(Area::Circle(1.0).as_circle().copied())
}

// Errors

pub fn by_error(error: Error<GetCityError>) -> String {
    match error.service_error() {
        Some(GetCityError::NoSuchCity(NoSuchCity { name, message, .. })) => format!("{name} {message:?}"),
        Some(GetCityError::Denied(denied)) if denied.reason == Some(Reason::Quota) => "wait".to_owned(),
        Some(GetCityError::Denied(Denied { reason: Some(Reason::Unknown(reason)), .. })) => {
            reason.to_string()
        }
        Some(other) => other.to_string(),
        None if error.kind() == ErrorKind::Connection => "check the network".to_owned(),
        None => error.to_string(),
    }
}

pub fn owned_error(error: Error<CreateCityError>) -> Result<AlreadyExists, AnyError> {
    match error.into_service_error() {
        Ok(CreateCityError::AlreadyExists(exists)) => Ok(exists),
        Ok(other) => Ok(AlreadyExists::new(other.to_string())),
        Err(error) => Err(error.into()),
    }
}

pub fn is_denied(error: &AnyError) -> bool {
    let listed = error.service_error_as::<ListCitiesError>();
    matches!(listed, Some(ListCitiesError::Denied(_)))
        || error.code() == Some("Denied")
        || error.is_retryable()
}

pub async fn ping(client: &Client) -> String {
    match client.ping().await {
        Ok(()) => "pong".to_owned(),
        Err(error) => format!("{} {error}", error.kind() == ErrorKind::Timeout),
    }
}

pub async fn typed_ping(client: &Client) -> Result<(), Error<<operation::Ping as Operation>::Error>> {
    client.ping().await
}

// Mocks and hooks

pub async fn mocked() -> Result<usize, AnyError> {
    let mock = MockTransport::new()
        .once::<operation::GetCity>(|_| Err(MockError::undeclared(429, "ThrottlingException", "slow down")))
        .once::<operation::GetCity>(
            |input| Err(GetCityError::NoSuchCity(NoSuchCity::new(&input.name)).into()),
        )
        .on::<operation::GetCity>(|_| Ok(GetCityOutput::new().city(sample()).level(1)))
        .on::<operation::CreateCity>(|input| match input.kind {
            Kind::Town => Ok(CreateCityOutput::new(sample())),
            _ => Err(MockError::declared(403, CreateCityError::Denied(Denied::new().reason(Reason::Quota)))),
        })
        .on::<operation::ListCities>(|_| Ok(ListCitiesOutput::new([sample()]).options(Options::new())))
        .on::<operation::DownloadMap>(|_| Ok(DownloadMapOutput::new(Body::from("map"))))
        .on::<operation::Ping>(|()| Ok(()));
    let Ok(client) = Client::builder().endpoint_url("https://example.com").transport(mock.clone()).build()
    else {
        return Ok(0);
    };
    calls(&client).await?;
    Ok(mock.inputs::<operation::GetCity>().iter().filter(|input| input.name == "Rome").count())
}

struct Log;

impl Hook for Log {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        if let Some(input) = attempt.input::<operation::CreateCity>() {
            println!("{} {:?}", input.name, input.nickname);
        }
        Ok(())
    }

    async fn after_attempt(&self, outcome: &AttemptOutcome<'_>) -> Result<RetryDecision, BoxError> {
        match outcome.service_error::<GetCityError>() {
            Some(GetCityError::NoSuchCity(_)) => Ok(RetryDecision::Retry),
            _ => Ok(RetryDecision::Default),
        }
    }

    async fn around_call(&self, call: &CallInfo, run: RunCall<'_>) -> CallOutcome {
        println!("{}", call.operation());
        run.await
    }
}

// Bounds

pub fn bounds() {
    fn value<T: Clone + Debug + PartialEq + Send + Sync + 'static>() {}
    fn key<T: Clone + Debug + Display + Eq + Hash + Ord + From<&'static str> + std::str::FromStr>() {}
    fn error<T: std::error::Error + OperationError + Clone + PartialEq + Send + Sync + 'static>() {}
    value::<(
        CreateCityInput,
        CreateCityOutput,
        GetCityInput,
        GetCityOutput,
        ListCitiesInput,
        ListCitiesOutput,
    )>();
    value::<(City, Position, Options, Area, Square, DownloadMapOutput)>();
    value::<(NoSuchCity, AlreadyExists, Denied)>();
    key::<Kind>();
    key::<Reason>();
    error::<CreateCityError>();
    error::<GetCityError>();
    let _: HashMap<Level, Vec<Kind>> = HashMap::new();
}
