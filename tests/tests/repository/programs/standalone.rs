//! Redeems a code and refreshes a token with a server that only uses `std`.

use signin_client::Client;
use signin_client::types::CreateOAuth2TokenRequestBody;
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};

const CLIENT_ID: &str = "arn:aws:signin:::devtools/same-device";

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || listener.incoming().try_for_each(|connection| serve(connection?)));

    let client = Client::builder().endpoint_url(url).build()?;
    let code = CreateOAuth2TokenRequestBody::new(CLIENT_ID, "authorization_code")
        .code("code")
        .redirect_uri("http://127.0.0.1/callback")
        .code_verifier("verifier");
    let tokens = client.create_oauth2_token(code).await?.token_output;
    println!("redeemed: valid for {} s, signed in: {}", tokens.expires_in, tokens.id_token.is_some());

    let refresh =
        CreateOAuth2TokenRequestBody::new(CLIENT_ID, "refresh_token").refresh_token(tokens.refresh_token);
    let tokens = client.create_oauth2_token(refresh).await?.token_output;
    println!("refreshed: valid for {} s, signed in: {}", tokens.expires_in, tokens.id_token.is_some());
    Ok(())
}

/// Responds to one request according to its grant.
fn serve(mut connection: TcpStream) -> Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let (mut length, mut line) = (0, String::new());
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body);
    let id_token = if body.contains(r#""code":"code""#) { r#""idToken":"id","# } else { "" };
    let response = format!(
        r#"{{"accessToken":{{"accessKeyId":"a","secretAccessKey":"s","sessionToken":"t"}},{id_token}"tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"next"}}"#
    );
    let length = response.len();
    write!(connection, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{response}")
}
