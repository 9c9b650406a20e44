//! A stand-in for AWS Sign-In on loopback.
//!
//! It keeps the rules that its clients can see: a code is redeemed once, with the redirect URI and verifier
//! that it was asked for with; a refresh token may be used again; what is malformed is told so.

use crate::dpop::Verifier;
use crate::server::{Request, ScriptedResponse, Server};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

const CLIENTS: [&str; 2] =
    ["arn:aws:signin:::devtools/same-device", "arn:aws:signin:::devtools/cross-device"];

/// A stand-in for AWS Sign-In. It is shut down when dropped.
#[derive(Debug)]
pub struct SigninServer {
    server: Server,
    state: Arc<Mutex<State>>,
}

/// What a tool holds when its user has signed in with the browser.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The authorization code, as the browser brings it back.
    pub code: String,
    /// Where the browser brought it.
    pub redirect_uri: String,
    /// The secret whose hash the sign-in began with.
    pub code_verifier: String,
}

#[derive(Debug, Default)]
struct State {
    codes: BTreeMap<String, SignedIn>,
    redeemed: BTreeSet<String>,
    refresh_tokens: BTreeSet<String>,
    /// What verifies the proof of each request, if one is asked for.
    verifier: Option<Verifier>,
    requests: u32,
}

impl SigninServer {
    /// A server that nobody has signed in to.
    pub fn start() -> Self {
        Self::start_as(State::default())
    }

    /// A server that asks each request for a proof of possession, and is too busy for the first one.
    pub fn start_with_dpop() -> Self {
        Self::start_as(State { verifier: Some(Verifier::new()), ..State::default() })
    }

    fn start_as(state: State) -> Self {
        let state = Arc::new(Mutex::new(state));
        let server = {
            let state = Arc::clone(&state);
            Server::start(move |request| locked(&state, |state| state.answer(request)))
        };
        Self { server, state }
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Does what the user does in the browser.
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

    /// How many proofs of possession were valid. No two of them were the same.
    pub fn proofs(&self) -> usize {
        locked(&self.state, |state| state.verifier.as_ref().map_or(0, Verifier::proofs))
    }

    /// The refresh token of a user who signed in earlier.
    pub fn refresh_token(&self) -> String {
        locked(&self.state, State::issue_refresh_token)
    }
}

/// A refusal: the error shape, its status, the error code and the message.
struct Refusal(&'static str, u16, &'static str, String);

impl Refusal {
    fn invalid(message: impl Into<String>) -> Self {
        Self("ValidationException", 400, "INVALID_REQUEST", message.into())
    }

    fn denied(code: &'static str, message: &str) -> Self {
        Self("AccessDeniedException", 401, code, message.to_owned())
    }
}

impl State {
    fn answer(&mut self, request: &Request) -> ScriptedResponse {
        self.requests += 1;
        let answer = match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/v1/token") => match self.verify(request).and_then(|()| self.token(&request.body)) {
                Ok(_) if self.verifier.is_some() && self.requests == 1 => ScriptedResponse::new(503),
                Ok(body) => ScriptedResponse::json(200, body.to_string()),
                Err(Refusal(shape, status, code, message)) => {
                    let body = json!({ "error": code, "message": message });
                    ScriptedResponse::json(status, body.to_string()).header("x-amzn-errortype", shape)
                }
            },
            _ => ScriptedResponse::new(404),
        };
        answer.header("x-amzn-requestid", &format!("00000000-0000-4000-8000-{:012}", self.requests))
    }

    fn verify(&mut self, request: &Request) -> Result<(), Refusal> {
        let Some(verifier) = &mut self.verifier else { return Ok(()) };
        verifier.verify(request).map_err(Refusal::invalid)
    }

    fn token(&mut self, body: &[u8]) -> Result<Value, Refusal> {
        let body: Value =
            serde_json::from_slice(body).map_err(|_| Refusal::invalid("The body is not JSON"))?;
        if !CLIENTS.contains(&member(&body, "clientId")?) {
            return Err(Refusal::invalid("clientId names no client"));
        }
        match member(&body, "grantType")? {
            "authorization_code" => self.redeem(&body),
            "refresh_token" => self.refresh(&body),
            _ => Err(Refusal::invalid("grantType must be authorization_code or refresh_token")),
        }
    }

    fn redeem(&mut self, body: &Value) -> Result<Value, Refusal> {
        let code = member(body, "code")?;
        let (redirect_uri, verifier) = (member(body, "redirectUri")?, member(body, "codeVerifier")?);
        let expired = || Refusal::denied("AUTHCODE_EXPIRED", "The authorization code is no longer valid");
        let signed_in = self.codes.get(code).ok_or_else(expired)?;
        if !self.redeemed.insert(code.to_owned()) {
            return Err(expired());
        }
        if signed_in.redirect_uri != redirect_uri || signed_in.code_verifier != verifier {
            return Err(Refusal::invalid("redirectUri or codeVerifier does not belong to the code"));
        }
        let mut tokens = self.issue();
        tokens["idToken"] = "header.claims.signature".into();
        Ok(tokens)
    }

    fn refresh(&mut self, body: &Value) -> Result<Value, Refusal> {
        if !self.refresh_tokens.contains(member(body, "refreshToken")?) {
            return Err(Refusal::denied("TOKEN_EXPIRED", "The refresh token is no longer valid"));
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

fn member<'b>(body: &'b Value, name: &str) -> Result<&'b str, Refusal> {
    let value = body[name].as_str().filter(|value| !value.is_empty());
    value.ok_or_else(|| Refusal::invalid(format!("{name} is missing")))
}

fn locked<T>(state: &Mutex<State>, act: impl FnOnce(&mut State) -> T) -> T {
    act(&mut state.lock().unwrap_or_else(PoisonError::into_inner))
}
