//! A request over HTTP/1.1 on a connection of its own, and its answer, read to the end. Knows no sessions.

use std::error::Error;

use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, Response, Uri,
    body::{Bytes, Incoming},
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A request that is being put together.
pub(crate) struct Asking {
    method: Method,
    address: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Asking {
    /// For `http://host:port/path`.
    pub(crate) fn new(method: Method, url: &str) -> Self {
        Self { method, address: url.parse().unwrap(), headers: HeaderMap::new(), body: Bytes::new() }
    }

    pub(crate) fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        let (Ok(name), Ok(value)) = (name.try_into(), value.try_into()) else { panic!("not a header") };
        self.headers.append(name, value);
        self
    }

    pub(crate) fn bearer_auth(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION, format!("Bearer {token}"))
    }

    pub(crate) fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.header(header::CONTENT_TYPE, "application/json").body(body.to_string())
    }

    /// Sends it and reads the answer; redirects are not followed.
    pub(crate) async fn send(self) -> Answer {
        self.try_send().await.unwrap()
    }

    /// Sends it and reads the answer's head; what follows is not waited for.
    pub(crate) async fn status(self) -> u16 {
        self.open().await.unwrap().status().as_u16()
    }

    /// Sends it, for an answer that goes on.
    pub(crate) async fn open(self) -> Result<Response<Incoming>, Box<dyn Error + Send + Sync>> {
        let host = self.address.authority().unwrap().as_str();
        let stream = TcpStream::connect(host).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let target = self.address.path_and_query().map_or("/", |path| path.as_str());
        let mut request = Request::builder().method(self.method).uri(target).body(Full::new(self.body)).unwrap();
        *request.headers_mut() = self.headers;
        request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_str(host).unwrap());
        Ok(sender.send_request(request).await?)
    }

    /// As [`Asking::send`], to a server that may die.
    pub(crate) async fn try_send(self) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let (parts, body) = self.open().await?.into_parts();
        let bytes = body.collect().await?.to_bytes();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        })
    }
}

/// Reads a public address.
pub(crate) async fn get(url: &str) -> Answer {
    Asking::new(Method::GET, url).send().await
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) bytes: Bytes,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The problem's code.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        problem["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
