//! Configuration of a client.

use super::clock::Clock;
use super::endpoint_cache::{EndpointCache, EndpointSettings};
use super::environment::Environment;
use super::hook::DynHook;
use super::mode::{Sealed, TransportDefaults};
use super::retry::RetryState;
use super::settings::Settings;
use super::user_agent::user_agent;
use super::{BuildError, Handle, Hook, Inner, Retries, ServiceClient};
#[cfg(feature = "sigv4")]
use crate::auth::ProvideCredentials;
use crate::auth::{Identities, ProvideToken};
use crate::endpoint::ParamValue;
use crate::operation::RequestOptions;
use crate::transport::Transport;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// Configures a client. `C` is the generated client that [`build`](Self::build) gives.
///
/// | setting | here | environment, with [`from_env`](Self::from_env) | else |
/// |---|---|---|---|
/// | region | [`region`](Self::region) | `AWS_REGION` | an error, if the endpoint depends on it |
/// | endpoint | [`endpoint_url`](Self::endpoint_url) | `AWS_ENDPOINT_URL_<SERVICE>`, then `AWS_ENDPOINT_URL`, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | by the service's rules; an error, if it has none |
/// | FIPS endpoint | [`use_fips`](Self::use_fips) | `AWS_USE_FIPS_ENDPOINT` | no |
/// | dual-stack endpoint | [`use_dualstack`](Self::use_dualstack) | `AWS_USE_DUALSTACK_ENDPOINT` | no |
/// | attempts | [`retries`](Self::retries) | `AWS_MAX_ATTEMPTS` | 3 |
/// | retry mode | [`retries`](Self::retries) | `AWS_RETRY_MODE` | standard |
/// | AWS credentials | `credentials` | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | an error, if an operation asks for them |
/// | application id | [`app_id`](Self::app_id) | `AWS_SDK_UA_APP_ID` | none |
/// | proxies | of the [`transport`](Self::transport) | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` | none |
/// | limit of a call | [`timeout`](Self::timeout) | | none |
/// | limit of an attempt | [`attempt_timeout`](Self::attempt_timeout) | | none |
/// | limit of silence | [`read_timeout`](Self::read_timeout) | | 60 s |
/// | limit of connecting | [`connect_timeout`](Self::connect_timeout) | | 3.1 s |
///
/// What is set for one [`Call`](super::Call) comes before all of these. `<SERVICE>` is the service's `sdkId` in
/// capitals, with `_` for what is no letter or digit.
pub struct Builder<C> {
    region: Option<String>,
    endpoint_url: Option<String>,
    use_fips: Option<bool>,
    use_dualstack: Option<bool>,
    endpoint_params: Vec<(&'static str, ParamValue)>,
    environment: Result<Environment, BuildError>,
    app_id: Option<String>,
    wanted_transport: TransportDefaults,
    transport: Option<Arc<dyn Transport>>,
    hooks: Vec<Arc<dyn DynHook>>,
    settings: Settings,
    request_options: RequestOptions,
    identities: Identities,
    client: PhantomData<fn() -> C>,
}

impl<C: ServiceClient> Builder<C> {
    /// The default configuration.
    #[expect(clippy::new_without_default, reason = "a client's `builder()` is the way in")]
    pub fn new() -> Self {
        Self {
            region: None,
            endpoint_url: None,
            use_fips: None,
            use_dualstack: None,
            endpoint_params: Vec::new(),
            environment: Ok(Environment::default()),
            app_id: None,
            wanted_transport: TransportDefaults::default(),
            transport: None,
            hooks: Vec::new(),
            settings: Settings::default(),
            request_options: RequestOptions::default(),
            identities: Identities::new(),
            client: PhantomData,
        }
    }

    /// Takes what is not set here from environment variables: see the table above.
    pub fn from_env(mut self) -> Self {
        self.wanted_transport.proxy_from_env = true;
        self.from_vars(|name| std::env::var(name).ok())
    }

    /// Takes what is not set here from variables, as [`from_env`](Self::from_env) does from those of the
    /// environment.
    pub fn from_vars(mut self, lookup: impl Fn(&str) -> Option<String>) -> Self {
        self.environment = Environment::read(C::SERVICE, &lookup);
        self
    }

    /// The region of the service, such as `us-east-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Where the service is, in place of what its rules say: an `http` or `https` URL. A path in it is kept
    /// before that of each operation.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// Whether to call the endpoint whose cryptography is validated by FIPS 140.
    pub fn use_fips(mut self, use_fips: bool) -> Self {
        self.use_fips = Some(use_fips);
        self
    }

    /// Whether to call the endpoint that is reached over both IPv4 and IPv6.
    pub fn use_dualstack(mut self, use_dualstack: bool) -> Self {
        self.use_dualstack = Some(use_dualstack);
        self
    }

    /// A parameter of the service's endpoint rules, by the name that it has there.
    pub fn endpoint_param(mut self, name: &'static str, value: impl Into<ParamValue>) -> Self {
        self.endpoint_params.push((name, value.into()));
        self
    }

    /// Where AWS credentials come from: `Credentials` themselves, or any `ProvideCredentials`, such as those of
    /// the crate `aws-config`. What the provider gives is kept until a minute before it expires, for 15 minutes
    /// if it does not say when; calls that need new credentials at the same time ask once.
    #[cfg(feature = "sigv4")]
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.identities = self.identities.credentials(provider);
        self
    }

    /// A bearer token, or where tokens come from. They are kept as credentials are.
    pub fn token(mut self, provider: impl ProvideToken) -> Self {
        self.identities = self.identities.token(provider);
        self
    }

    /// An API key.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.identities = self.identities.api_key(key);
        self
    }

    /// A user name, which must not hold a colon, and a password.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.identities = self.identities.basic_auth(user, password);
        self
    }

    /// Names the application in logs of the service: up to 50 letters, digits or characters out of
    /// ``!$%&'*+-.^_`|~``.
    pub fn app_id(mut self, id: impl Into<String>) -> Self {
        self.app_id = Some(id.into());
        self
    }

    /// How long a call may take, retries and waiting included, but not the body of an output that is streamed.
    /// No limit unless set.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = limit.into();
        self
    }

    /// How long an attempt may take. No limit unless set.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.attempt_timeout = limit.into();
        self
    }

    /// How long nothing at all may come of an answer, once the request is sent. 60 seconds unless set. It is
    /// kept by the transport; those of this crate keep it.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.read_timeout = limit.into();
        self
    }

    /// How long the default transport may take to connect. 3.1 seconds unless set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.wanted_transport.connect_timeout = Some(limit);
        self
    }

    /// How a call that failed is tried again. A number is how many times; see [`Retries`].
    pub fn retries(mut self, retries: impl Into<Retries>) -> Self {
        self.settings.retries = retries.into().or(self.settings.retries);
        self
    }

    /// What runs around each attempt. Several run in the order in which they were given.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// What carries the requests, in place of the default transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How requests are made: where idempotency tokens come from, from what size on bodies are compressed.
    pub fn request_options(mut self, options: RequestOptions) -> Self {
        self.request_options = options;
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When a setting cannot be used, or one is missing; the text says how to mend it.
    pub fn build(self) -> Result<C, BuildError> {
        let environment = self.environment?;
        let place = EndpointSettings {
            region: self.region.or(environment.region),
            endpoint_url: self.endpoint_url.or(environment.endpoint_url),
            use_fips: self.use_fips.or(environment.use_fips),
            use_dualstack: self.use_dualstack.or(environment.use_dualstack),
            account_id_endpoint_mode: environment.account_id_endpoint_mode,
            params: self.endpoint_params,
        };
        let mut settings = self.settings;
        settings.retries = settings.retries.or(environment.retries);
        let app_id = self.app_id.or(environment.app_id);
        let inner = Inner {
            service: C::SERVICE,
            endpoints: EndpointCache::new(C::SERVICE, place)?,
            user_agent: user_agent(C::SERVICE, app_id.as_deref())?,
            transport: match self.transport {
                Some(transport) => transport,
                None => C::Mode::default_transport(self.wanted_transport)?,
            },
            hooks: self.hooks,
            settings,
            request_options: self.request_options,
            identities: self.identities.or(environment.identities),
            retries: RetryState::new(),
            clock: Clock::default(),
            since: C::Mode::timer().now(),
        };
        Ok(C::from_handle(Handle::new(inner)))
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("region", &self.region)
            .field("transport", &self.transport)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
