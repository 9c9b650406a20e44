//! A fake AWS Sign-In service on loopback.
//!
//! It enforces the rules that clients can observe: a code is redeemed once, with its redirect URI and
//! verifier; a refresh token can be reused; malformed requests are rejected with a `ValidationException`.

use crate::dpop::Verifier;
use crate::server::{Request, ScriptedResponse, Server};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

const CLIENTS: [&str; 2] =
    ["arn:aws:signin:::devtools/same-device", "arn:aws:signin:::devtools/cross-device"];

/// A fake AWS Sign-In service. Shut down on drop.
#[derive(Debug)]
pub struct SigninServer {
    server: Server,
    state: Arc<Mutex<State>>,
}

/// The result of a user's sign-in with the browser.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The authorization code.
    pub code: String,
    /// The redirect URI of the sign-in.
    pub redirect_uri: String,
    /// The PKCE code verifier of the sign-in.
    pub code_verifier: String,
}

#[derive(Debug, Default)]
struct State {
    codes: BTreeMap<String, SignedIn>,
    redeemed: BTreeSet<String>,
    refresh_tokens: BTreeSet<String>,
    /// The verifier of DPoP proofs, if they are required.
    verifier: Option<Verifier>,
    requests: u32,
}

impl SigninServer {
    /// Starts a server without sign-ins.
    pub fn start() -> Self {
        Self::start_with_state(State::default())
    }

    /// Starts a server that requires a DPoP proof with each request and responds 503 to the first one.
    pub fn start_with_dpop() -> Self {
        Self::start_with_state(State { verifier: Some(Verifier::new()), ..State::default() })
    }

    fn start_with_state(state: State) -> Self {
        let state = Arc::new(Mutex::new(state));
        let server = {
            let state = Arc::clone(&state);
            Server::start(move |request| locked(&state, |state| state.respond(request)))
        };
        Self { server, state }
    }

    /// Returns the URL of the server.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Signs in as the user does in the browser.
    pub fn sign_in(&self) -> SignedIn {
        locked(&self.state, |state| {
            let number = state.codes.len() + 1;
            let signed_in = SignedIn {
                code: format!("authorization-code-{number}"),
                redirect_uri: "http://127.0.0.1/oauth/callback".to_owned(),
                code_verifier: format!("code-verifier-of-at-least-43-characters-{number:04}"),
            };
            state.codes.insert(signed_in.code.clone(), signed_in.clone());
            signed_in
        })
    }

    /// Returns the number of valid DPoP proofs so far. All of them were distinct.
    pub fn proofs(&self) -> usize {
        locked(&self.state, |state| state.verifier.as_ref().map_or(0, Verifier::proofs))
    }

    /// Issues a refresh token, as if a user had signed in earlier.
    pub fn refresh_token(&self) -> String {
        locked(&self.state, State::issue_refresh_token)
    }
}

/// An error response: the error shape, the status, the error code and the message.
struct ServiceError(&'static str, u16, &'static str, String);

impl ServiceError {
    fn invalid(message: impl Into<String>) -> Self {
        Self("ValidationException", 400, "INVALID_REQUEST", message.into())
    }

    fn denied(code: &'static str, message: &str) -> Self {
        Self("AccessDeniedException", 401, code, message.to_owned())
    }
}

impl State {
    fn respond(&mut self, request: &Request) -> ScriptedResponse {
        self.requests += 1;
        let response = match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/v1/token") => match self.verify(request).and_then(|()| self.token(&request.body)) {
                Ok(_) if self.verifier.is_some() && self.requests == 1 => ScriptedResponse::new(503),
                Ok(body) => ScriptedResponse::json(200, body.to_string()),
                Err(ServiceError(shape, status, code, message)) => {
                    let body = json!({ "error": code, "message": message });
                    ScriptedResponse::json(status, body.to_string()).header("x-amzn-errortype", shape)
                }
            },
            _ => ScriptedResponse::new(404),
        };
        response.header("x-amzn-requestid", &format!("00000000-0000-4000-8000-{:012}", self.requests))
    }

    fn verify(&mut self, request: &Request) -> Result<(), ServiceError> {
        let Some(verifier) = &mut self.verifier else { return Ok(()) };
        verifier.verify(request).map_err(ServiceError::invalid)
    }

    fn token(&mut self, body: &[u8]) -> Result<Value, ServiceError> {
        let body: Value =
            serde_json::from_slice(body).map_err(|_| ServiceError::invalid("The body is not JSON"))?;
        if !CLIENTS.contains(&member(&body, "clientId")?) {
            return Err(ServiceError::invalid("clientId is unknown"));
        }
        match member(&body, "grantType")? {
            "authorization_code" => self.redeem(&body),
            "refresh_token" => self.refresh(&body),
            _ => Err(ServiceError::invalid("grantType must be authorization_code or refresh_token")),
        }
    }

    fn redeem(&mut self, body: &Value) -> Result<Value, ServiceError> {
        let code = member(body, "code")?;
        let (redirect_uri, verifier) = (member(body, "redirectUri")?, member(body, "codeVerifier")?);
        let expired =
            || ServiceError::denied("AUTHCODE_EXPIRED", "The authorization code is no longer valid");
        let signed_in = self.codes.get(code).ok_or_else(expired)?;
        if !self.redeemed.insert(code.to_owned()) {
            return Err(expired());
        }
        if signed_in.redirect_uri != redirect_uri || signed_in.code_verifier != verifier {
            return Err(ServiceError::invalid("redirectUri or codeVerifier does not belong to the code"));
        }
        let mut tokens = self.issue();
        tokens["idToken"] = "header.claims.signature".into();
        Ok(tokens)
    }

    fn refresh(&mut self, body: &Value) -> Result<Value, ServiceError> {
        if !self.refresh_tokens.contains(member(body, "refreshToken")?) {
            return Err(ServiceError::denied("TOKEN_EXPIRED", "The refresh token is no longer valid"));
        }
        Ok(self.issue())
    }

    fn issue(&mut self) -> Value {
        let refresh_token = self.issue_refresh_token();
        json!({
            "accessToken": {
                "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
                "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "sessionToken": format!("session-token-{}", self.refresh_tokens.len()),
            },
            "tokenType": "aws_sigv4",
            "expiresIn": 900,
            "refreshToken": refresh_token,
        })
    }

    fn issue_refresh_token(&mut self) -> String {
        let token = format!("refresh-token-{}", self.refresh_tokens.len() + 1);
        self.refresh_tokens.insert(token.clone());
        token
    }
}

fn member<'b>(body: &'b Value, name: &str) -> Result<&'b str, ServiceError> {
    let value = body[name].as_str().filter(|value| !value.is_empty());
    value.ok_or_else(|| ServiceError::invalid(format!("{name} is missing")))
}

fn locked<T>(state: &Mutex<State>, act: impl FnOnce(&mut State) -> T) -> T {
    act(&mut state.lock().unwrap_or_else(PoisonError::into_inner))
}
