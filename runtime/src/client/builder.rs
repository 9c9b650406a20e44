//! The client builder.

use super::clock::Clock;
use super::discovered_endpoints::DiscoveredEndpoints;
use super::endpoint_cache::{EndpointCache, EndpointSettings};
use super::environment::Environment;
use super::hook::DynHook;
use super::mode::{Sealed, TransportDefaults};
use super::retry::RetryState;
use super::settings::Settings;
use super::user_agent::user_agent;
use super::with_hooks::HOOK_CODE;
use super::{BuildError, Handle, Hook, Inner, Retries, ServiceClient};
#[cfg(not(feature = "sigv4"))]
use crate::auth::NeedsFeatureSigV4;
#[cfg(feature = "sigv4")]
use crate::auth::ProvideCredentials;
use crate::auth::{Identities, ProvideToken};
use crate::endpoint::ParamValue;
use crate::operation::RequestOptions;
use crate::service::{Service, supports};
use crate::system;
use crate::transport::{MinThroughput, Transport};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// Builder of the generated client `C`.
///
/// | setting | method | default |
/// |---|---|---|
/// | endpoint | [`endpoint_url`](Self::endpoint_url) | from the service's endpoint rules; an error if it has none |
/// | call timeout | [`timeout`](Self::timeout) | none |
/// | attempt timeout | [`attempt_timeout`](Self::attempt_timeout) | none |
/// | read timeout | [`read_timeout`](Self::read_timeout) | 60 s |
/// | connect timeout | [`connect_timeout`](Self::connect_timeout) | 3.1 s |
/// | minimum throughput | [`min_throughput`](Self::min_throughput) | 1 byte per second for 20 s |
/// | maximum attempts, retry mode | [`retries`](Self::retries) | 3, standard |
/// | response body | [`max_response_body`](Self::max_response_body) | 256 MiB |
/// | error body | [`max_error_body`](Self::max_error_body) | 1 MiB |
/// | memory of values | [`max_parsed_memory`](Self::max_parsed_memory) | 16 MiB, or 16 times the body |
/// | identities of several auth schemes | [`identities`](Self::identities) | none; calls that need one fail |
/// | preferred auth schemes | [`auth_scheme_preference`](Self::auth_scheme_preference) | the model's order |
/// | secrets over plain HTTP | [`allow_secrets_over_http`](Self::allow_secrets_over_http) | only to this machine |
/// | host prefix of operations, request compression, idempotency tokens | [`request_options`](Self::request_options) | added; from 10,240 bytes; random |
/// | root certificates, proxies, connection pool | on the [`transport`](Self::transport) | Mozilla's, none, unlimited |
///
/// The service decides which further settings there are: each group of methods below has the trait of
/// [`supports`](crate::service::supports) that it needs. The settings of AWS, with their environment variables, are at
/// [`from_env`](Self::from_env).
///
/// Settings of a [`Call`](super::Call) take precedence over all of these.
#[must_use = "a builder does nothing until `.build()` is called"]
pub struct Builder<C> {
    region: Option<String>,
    endpoint_url: Option<String>,
    use_fips: Option<bool>,
    use_dualstack: Option<bool>,
    endpoint_params: Vec<(&'static str, ParamValue)>,
    endpoint_discovery: Option<bool>,
    environment: Result<Environment, BuildError>,
    app_id: Option<String>,
    transport_defaults: TransportDefaults,
    transport: Option<Arc<dyn Transport>>,
    hooks: Vec<Arc<dyn DynHook>>,
    hook_code: Option<&'static (dyn Any + Send + Sync)>,
    settings: Settings,
    request_options: Option<RequestOptions>,
    allow_secrets_over_http: bool,
    identities: Identities,
    client: PhantomData<fn() -> C>,
}

/// Defines the methods of [`Builder`], and the list of their names. Generated clients add methods for the
/// endpoint parameters of their service by a trait, whose methods the builder's own would hide: the generator
/// gives parameters with these names another method name.
macro_rules! methods {
    ($(
        $(#[$impl_attribute:meta])*
        impl<C: $bound:path> Builder<C> {$(
            $(#[$attribute:meta])*
            pub fn $name:ident($($parameters:tt)*) -> $output:ty $body:block
        )*}
    )*) => {$(
        $(#[$impl_attribute])*
        impl<C: $bound> Builder<C> {$(
            $(#[$attribute])*
            pub fn $name($($parameters)*) -> $output $body
        )*}
    )*

        /// The names of the methods of [`Builder`], also of those that need a feature.
        #[doc(hidden)]
        pub const BUILDER_METHODS: &[&str] = &[$($(stringify!($name)),*),*];
    };
}

methods! {
    impl<C: ServiceClient> Builder<C> {
        /// Creates a builder with the default configuration.
        #[expect(clippy::new_without_default, reason = "created by the client's `builder()`")]
        pub fn new() -> Self {
            Self {
                region: None,
                endpoint_url: None,
                use_fips: None,
                use_dualstack: None,
                endpoint_params: Vec::new(),
                endpoint_discovery: None,
                environment: Ok(Environment::default()),
                app_id: None,
                transport_defaults: TransportDefaults::default(),
                transport: None,
                hooks: Vec::new(),
                hook_code: None,
                settings: Settings::default(),
                request_options: None,
                allow_secrets_over_http: false,
                identities: Identities::new(),
                client: PhantomData,
            }
        }

        /// Sets the endpoint, an `http` or `https` URL, in place of the one from the service's endpoint rules.
        /// Its path is prepended to that of each operation.
        pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
            self.endpoint_url = Some(url.into());
            self
        }

        /// Sets the auth schemes to use first, by name; see [`Identities::prefer_schemes`].
        pub fn auth_scheme_preference(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
            self.identities = self.identities.prefer_schemes(names);
            self
        }

        /// Sets identities. Those that are unset in `identities` keep their value.
        ///
        /// Clones of [`Identities`] share cached credentials and tokens, so that several clients need only one
        /// request to a provider.
        pub fn identities(mut self, identities: Identities) -> Self {
            self.identities = identities.or(self.identities);
            self
        }

        /// Sets whether tokens, API keys, passwords and single-use input such as an authorization code may be sent
        /// over plain HTTP to other machines. Default: false, which makes such calls fail. See
        /// [`plain_text`](crate::guide::plain_text).
        pub fn allow_secrets_over_http(mut self, allow: bool) -> Self {
            self.allow_secrets_over_http = allow;
            self
        }

        /// Sets the timeout of a call, including retries and the delays between them. Default: none.
        ///
        /// In an async client it does not cover the body of a streamed output.
        pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
            self.settings.timeout = limit.into();
            self
        }

        /// Sets the timeout of each attempt. Default: none.
        pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
            self.settings.attempt_timeout = limit.into();
            self
        }

        /// Sets the read timeout: how long the client waits for the next bytes of a response once the request is
        /// sent. Default: 60 seconds.
        ///
        /// The transport enforces it, as those of this crate do.
        pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
            self.settings.read_timeout = limit.into();
            self
        }

        /// Sets the minimum throughput of uploads and downloads. A call or a streamed output whose transfer falls
        /// further behind than the grace period fails with an [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
        /// Default: 1 byte per second, with a grace period of 20 seconds.
        ///
        /// The transport enforces it, as those of this crate do.
        pub fn min_throughput(mut self, min: MinThroughput) -> Self {
            self.settings.min_throughput = min;
            self
        }

        /// Sets the maximum size of the body of a successful response in bytes. A call with a larger response fails
        /// with an [`ErrorKind::Response`](crate::ErrorKind::Response) and is not retried. Default: 256 MiB.
        ///
        /// The body of a streamed output has no maximum: the caller reads it.
        pub fn max_response_body(mut self, bytes: usize) -> Self {
            self.settings.max_response_body = bytes;
            self
        }

        /// Sets the maximum size of the body of an error response in bytes. The rest of a larger body is not read:
        /// the error has the status, the headers, and the code and message if they are in the part that was read.
        /// Default: 1 MiB.
        pub fn max_error_body(mut self, bytes: usize) -> Self {
            self.settings.max_error_body = bytes;
            self
        }

        /// Sets the memory in bytes that the values in a response may take in any case. Default: 16 MiB.
        ///
        /// The values in a larger body may take 16 times its size. A call whose response needs more fails with an
        /// [`ErrorKind::Response`](crate::ErrorKind::Response) and is not retried: a list of empty structures, for
        /// example, can be hundreds of times as large in memory as in the body.
        pub fn max_parsed_memory(mut self, bytes: usize) -> Self {
            self.settings.max_parsed_memory = bytes;
            self
        }

        /// Sets the connect timeout of the default transport. Default: 3.1 seconds.
        pub fn connect_timeout(mut self, limit: Duration) -> Self {
            self.transport_defaults.connect_timeout = Some(limit);
            self
        }

        /// Sets the retry behaviour. A number is the maximum number of retries; see [`Retries`]. Default: 2
        /// retries.
        pub fn retries(mut self, retries: impl Into<Retries>) -> Self {
            self.settings.retries = retries.into().or(self.settings.retries);
            self
        }

        /// Adds a hook. Hooks run in the order in which they are added.
        pub fn hook(mut self, hook: impl Hook) -> Self {
            self.hooks.push(Arc::new(hook));
            self.hook_code = Some(&HOOK_CODE);
            self
        }

        /// Sets the transport, in place of the default one.
        pub fn transport(mut self, transport: impl Transport) -> Self {
            self.transport = Some(Arc::new(transport));
            self
        }

        /// Sets the options for building requests: the source of idempotency tokens, the minimum size for
        /// compression, and host prefixes.
        pub fn request_options(mut self, options: RequestOptions) -> Self {
            self.request_options = Some(options);
            self
        }

        /// Builds the client.
        ///
        /// # Errors
        /// Returns an error if a setting is invalid or missing. Its message says how to fix it.
        pub fn build(self) -> Result<C, BuildError> {
            if !system::AVAILABLE {
                return Err(BuildError::NoMode);
            }
            let environment = self.environment?;
            let endpoint_settings = EndpointSettings {
                region: self.region.or(environment.region),
                endpoint_url: self.endpoint_url.or(environment.endpoint_url),
                use_fips: self.use_fips.or(environment.use_fips),
                use_dualstack: self.use_dualstack.or(environment.use_dualstack),
                built_ins: environment.built_ins,
                params: self.endpoint_params,
            };
            let mut settings = self.settings;
            settings.retries = settings.retries.or(environment.retries);
            let app_id = self.app_id.or(environment.app_id);
            let mut transport_defaults = self.transport_defaults;
            transport_defaults.ca_bundle = environment.ca_bundle;
            let environment_identities = match self.identities.is_empty() {
                true => environment.only_identities,
                // With identities of its own, the builder's order of schemes applies.
                false => environment.identities,
            };
            let inner = Inner {
                service: C::Service::SCHEMA,
                endpoints: EndpointCache::new(C::Service::SCHEMA, endpoint_settings)?,
                user_agent: user_agent(C::Service::SCHEMA, app_id.as_deref())?,
                transport: match self.transport {
                    Some(transport) => transport,
                    None => C::Mode::default_transport(transport_defaults)?,
                },
                hooks: self.hooks,
                hook_code: self.hook_code,
                settings,
                request_options: self.request_options.unwrap_or(environment.request_options),
                identities: self.identities.or(environment_identities),
                allow_secrets_over_http: self.allow_secrets_over_http,
                retries: RetryState::new(),
                clock: Clock::default(),
                discovered: DiscoveredEndpoints::new(self.endpoint_discovery.or(environment.endpoint_discovery)),
                created_at: C::Mode::timer().now(),
            };
            Ok(C::from_handle(Handle::new(inner)))
        }
    }

    /// Settings of services with the auth scheme `httpBearerAuth`.
    impl<C: ServiceClient<Service: supports::HttpBearer>> Builder<C> {
        /// Sets the bearer token or its provider: a `String`, a `&'static str`, a [`Token`](crate::auth::Token) or a type
        /// of your own. Tokens are cached until one minute before they expire, or for 15 minutes if they have no expiry.
        pub fn token(mut self, provider: impl ProvideToken) -> Self {
            self.identities = self.identities.token(provider);
            self
        }
    }

    /// Settings of services with the auth scheme `httpApiKeyAuth`.
    impl<C: ServiceClient<Service: supports::HttpApiKey>> Builder<C> {
        /// Sets the API key.
        pub fn api_key(mut self, key: impl Into<String>) -> Self {
            self.identities = self.identities.api_key(key);
            self
        }
    }

    /// Settings of services with the auth scheme `httpBasicAuth`.
    impl<C: ServiceClient<Service: supports::HttpBasic>> Builder<C> {
        /// Sets the user name and password of HTTP basic authentication. The user name must not contain a colon.
        pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
            self.identities = self.identities.basic_auth(user, password);
            self
        }
    }

    /// Settings of services with endpoint rules.
    impl<C: ServiceClient<Service: supports::EndpointRules>> Builder<C> {
        /// Sets a parameter of the service's endpoint rules, by its name in the rules.
        pub fn endpoint_param(mut self, name: &'static str, value: impl Into<ParamValue>) -> Self {
            self.endpoint_params.push((name, value.into()));
            self
        }
    }

    /// Settings of services with AWS regions and signatures.
    impl<C: ServiceClient<Service: supports::Aws>> Builder<C> {
        /// Reads settings from environment variables. Settings of this builder take precedence, whether they are set
        /// before or after.
        ///
        /// | setting | method | environment variable | default |
        /// |---|---|---|---|
        /// | region | [`region`](Self::region) | `AWS_REGION`, then `AWS_DEFAULT_REGION` | none; an error if the endpoint depends on it |
        /// | endpoint | [`endpoint_url`](Self::endpoint_url) | `AWS_ENDPOINT_URL_<SERVICE>`, then `AWS_ENDPOINT_URL`, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | from the service's endpoint rules |
        /// | FIPS endpoint | [`use_fips`](Self::use_fips) | `AWS_USE_FIPS_ENDPOINT` | false |
        /// | dual-stack endpoint | [`use_dualstack`](Self::use_dualstack) | `AWS_USE_DUALSTACK_ENDPOINT` | false |
        /// | endpoint discovery | [`endpoint_discovery`](Self::endpoint_discovery) | `AWS_ENABLE_ENDPOINT_DISCOVERY` | for operations that require it |
        /// | maximum attempts | [`retries`](Self::retries) | `AWS_MAX_ATTEMPTS` | 3 |
        /// | retry mode | [`retries`](Self::retries) | `AWS_RETRY_MODE` | standard |
        /// | AWS credentials | `credentials` | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ACCOUNT_ID` | none; calls that need them fail |
        /// | bearer token | `token` | `AWS_BEARER_TOKEN_<SIGNING_NAME>` | none |
        /// | preferred auth schemes | [`auth_scheme_preference`](Self::auth_scheme_preference) | `AWS_AUTH_SCHEME_PREFERENCE` | the model's order |
        /// | account id in endpoints | | `AWS_ACCOUNT_ID_ENDPOINT_MODE` | `preferred` |
        /// | host prefix of operations | [`request_options`](Self::request_options) | `AWS_DISABLE_HOST_PREFIX_INJECTION` | added |
        /// | request compression | [`request_options`](Self::request_options) | `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`, `AWS_DISABLE_REQUEST_COMPRESSION` | from 10,240 bytes |
        /// | S3 and STS endpoints | [`endpoint_param`](Self::endpoint_param) | `AWS_S3_USE_ARN_REGION`, `AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS`, `AWS_S3_US_EAST_1_REGIONAL_ENDPOINT`, `AWS_STS_REGIONAL_ENDPOINTS` | as in the endpoint rules |
        /// | application id | [`app_id`](Self::app_id) | `AWS_SDK_UA_APP_ID` | none |
        /// | trusted root certificates | on the [`transport`](Self::transport) | `AWS_CA_BUNDLE`, the path of a PEM file | Mozilla's |
        /// | proxies | on the [`transport`](Self::transport) | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` | none |
        ///
        /// `<SERVICE>` is the service's `sdkId` in upper case, with `_` for each character that is neither a letter nor
        /// a digit; `<SIGNING_NAME>` is the name in its AWS signatures, written alike.
        ///
        /// Other variables of the AWS SDKs are not read: those of profiles and of credential providers (`AWS_PROFILE`,
        /// `AWS_CONFIG_FILE`, `AWS_ROLE_ARN`, `AWS_CONTAINER_…`, `AWS_EC2_METADATA_…` and similar),
        /// `AWS_DEFAULTS_MODE`, `AWS_REQUEST_CHECKSUM_CALCULATION`, `AWS_RESPONSE_CHECKSUM_VALIDATION`,
        /// `AWS_SIGV4A_SIGNING_REGION_SET` and `AWS_S3_DISABLE_EXPRESS_SESSION_AUTH`.
        pub fn from_env(mut self) -> Self {
            self.transport_defaults.proxy_from_env = true;
            self.from_vars(|name| std::env::var(name).ok())
        }

        /// Reads settings as [`from_env`](Self::from_env) does, from the variables that `lookup` returns. It does
        /// not read the proxy variables.
        pub fn from_vars(mut self, lookup: impl Fn(&str) -> Option<String>) -> Self {
            self.environment = Environment::read(C::Service::SCHEMA, &lookup);
            self
        }

        /// Sets the region, such as `us-east-1`.
        pub fn region(mut self, region: impl Into<String>) -> Self {
            self.region = Some(region.into());
            self
        }

        /// Sets whether to use the FIPS 140 endpoint. Default: false.
        pub fn use_fips(mut self, use_fips: bool) -> Self {
            self.use_fips = Some(use_fips);
            self
        }

        /// Sets whether to use the dual-stack (IPv4 and IPv6) endpoint. Default: false.
        pub fn use_dualstack(mut self, use_dualstack: bool) -> Self {
            self.use_dualstack = Some(use_dualstack);
            self
        }

        /// Sets the application id that is sent in `user-agent`: 1 to 50 letters, digits or characters of
        /// ``!$%&'*+-.^_`|~``.
        pub fn app_id(mut self, id: impl Into<String>) -> Self {
            self.app_id = Some(id.into());
            self
        }

        /// Sets whether operations use
        /// [endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery) if the service
        /// supports it. Default: those that require it. With false, calls of those fail. Without effect if
        /// `endpoint_url` is set.
        pub fn endpoint_discovery(mut self, enabled: bool) -> Self {
            self.endpoint_discovery = Some(enabled);
            self
        }
    }

    /// Settings of services with the auth scheme `sigv4`.
    impl<C: ServiceClient<Service: supports::SigV4>> Builder<C> {
        /// Sets the AWS credentials or their provider: `Credentials::from_keys(…)`, a `ProvideCredentials`, or, with the
        /// feature `aws-config`, a provider of the crate `aws-config`.
        ///
        /// Credentials are cached until one minute before they expire, or for 15 minutes if they have no expiry.
        /// Concurrent calls share one request to the provider.
        #[cfg(feature = "sigv4")]
        pub fn credentials(mut self, provider: impl ProvideCredentials) -> Self {
            self.identities = self.identities.credentials(provider);
            self
        }
    }
}

#[cfg(not(feature = "sigv4"))]
impl<C: ServiceClient<Service: supports::SigV4>> Builder<C> {
    /// Explains that the feature `sigv4` is not enabled.
    #[doc(hidden)]
    pub fn credentials(self, _: impl NeedsFeatureSigV4) -> Self {
        self
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
