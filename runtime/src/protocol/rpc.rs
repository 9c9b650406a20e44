//! RPC protocols: a POST with all members of the input in one document.

use super::error_report::{CodeLocation, error_report};
use super::join_path::join_path;
use super::query_compatible::{request_query_codes, with_query_code};
use crate::codec::{Codec, Members, ReadError, Source, WriteError};
use crate::service::{ErrorReport, OperationSchema, Protocol};
use crate::shape::Structure;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};

static TARGET: HeaderName = HeaderName::from_static("x-amz-target");
static PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// A protocol that sends all members of an input in one document.
/// [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html) are ignored.
#[derive(Clone, Copy, Debug)]
pub struct RpcProtocol<C> {
    pub(super) id: &'static str,
    pub(super) codec: C,
    pub(super) route: Route,
    /// The locations of the error code, in order of preference.
    pub(super) error_code: &'static [CodeLocation],
}

/// The part of a request that names the operation, with the other conventions of the protocols that use it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Route {
    /// The header `X-Amz-Target`. An input without members is an empty document.
    Target,
    /// The path, as in
    /// [Smithy RPC v2](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-cbor.html). The body is
    /// empty if the operation declares no input.
    Path {
        /// The value of the header `Smithy-Protocol` in requests and responses.
        protocol: &'static str,
    },
}

impl Route {
    fn has_body(self, input: &dyn Structure) -> bool {
        match self {
            Self::Target => true,
            Self::Path { .. } => !input.schema().is_unit(),
        }
    }

    /// Returns true if the response is one of the protocol, and not for example a proxy's.
    fn matches(self, response: &Response<Bytes>) -> bool {
        match self {
            Self::Target => true,
            Self::Path { protocol } => {
                response.headers().get(&PROTOCOL).is_some_and(|value| value == protocol)
            }
        }
    }
}

impl<C: Codec> RpcProtocol<C> {
    /// Returns the URI of a request. The endpoint's path is a prefix of it.
    fn uri(&self, operation: &OperationSchema, endpoint: &Uri) -> Result<Uri, WriteError> {
        let path: &[&str] = match self.route {
            Route::Target => &["/"],
            Route::Path { .. } => &["/service/", operation.service.name(), "/operation/", operation.name()],
        };
        let len = path.iter().map(|part| part.len()).sum();
        join_path(endpoint, len, |path_and_query| {
            path.iter().for_each(|part| path_and_query.push_str(part));
            Ok(())
        })
    }

    fn add_headers(&self, operation: &OperationSchema, headers: &mut HeaderMap) -> Result<(), WriteError> {
        match self.route {
            Route::Target => {
                let target = format!("{}.{}", operation.service.name(), operation.name());
                let target = HeaderValue::from_maybe_shared(Bytes::from(target))
                    .map_err(|_| WriteError::new("operation name is not a valid header value"))?;
                headers.insert(TARGET.clone(), target);
            }
            Route::Path { protocol } => {
                headers.insert(PROTOCOL.clone(), HeaderValue::from_static(protocol));
                headers.insert(ACCEPT, HeaderValue::from_static(self.codec.media_type()));
            }
        }
        request_query_codes(operation, headers);
        Ok(())
    }

    /// Reads a document. Ignores an empty body, and the body of a structure without members.
    fn read(
        &self,
        response: &Response<Bytes>,
        structure: &mut dyn Structure,
        members: Members,
    ) -> Result<(), ReadError> {
        match self.route {
            Route::Path { protocol } if !self.route.matches(response) => {
                let message = format!("response header `Smithy-Protocol` is not `{protocol}`");
                Err(ReadError::new(message))
            }
            _ if response.body().is_empty() || structure.schema().members.is_empty() => Ok(()),
            _ => self.codec.read_structure(Source::of(response), structure, members),
        }
    }
}

impl<C: Codec> Protocol for RpcProtocol<C> {
    fn id(&self) -> &'static str {
        self.id
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &Uri,
    ) -> Result<Request<Bytes>, WriteError> {
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.uri(operation, endpoint)?;
        self.add_headers(operation, request.headers_mut())?;
        if self.route.has_body(input) {
            let body = self.codec.write_structure(input, Members::All)?;
            let headers = request.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.codec.media_type()));
            headers.insert(CONTENT_LENGTH, body.len().into());
            *request.body_mut() = body.into();
        }
        Ok(request)
    }

    fn output(
        &self,
        _: &OperationSchema,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        self.read(response, output, Members::All)
    }

    fn error_report(&self, operation: &OperationSchema, response: &Response<Bytes>) -> ErrorReport {
        if !self.route.matches(response) {
            return ErrorReport::default();
        }
        let report = error_report(&self.codec, self.error_code, response);
        with_query_code(report, operation, response)
    }

    fn error(&self, response: &Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError> {
        self.read(response, error, Members::AllOfError)
    }
}
