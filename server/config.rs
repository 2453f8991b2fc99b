//! What an operator can set: flags and environment. Knows nothing of what it is used for.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use clap::{Args, ValueEnum};

use crate::{crash_point::CrashAt, limits};

/// How the server runs. `Config::default()` is what runs without any flag.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Address and port to listen on; `localhost:PORT` means both loopback addresses, IPv4 and IPv6
    #[arg(long, env = "JALOSTAMO_LISTEN", value_name = "ADDRESS:PORT", default_value = "localhost:8080")]
    pub listen: Listen,
    /// Folder of the database; made when it is not there
    #[arg(long, env = "JALOSTAMO_DATA", value_name = "FOLDER", default_value = "data", global = true)]
    pub data: PathBuf,
    /// Address that people type, as http(s)://host[:port]; needed behind a proxy. Without it: http://localhost:PORT
    #[arg(long, env = "JALOSTAMO_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Address and port of /metrics, a listener of its own; off unless given. Keep it on a loopback address
    #[arg(long, env = "JALOSTAMO_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// Address of a reverse proxy whose X-Forwarded-For is believed; several with commas
    #[arg(long, env = "JALOSTAMO_TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
    /// Form of the log lines on stderr
    #[arg(long, env = "JALOSTAMO_LOG_FORMAT", value_name = "FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// What is logged: error, warn, info, debug, or directives such as info,jalostamo::room=debug
    #[arg(long, env = "JALOSTAMO_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,
    /// A hook of the proofs: where to die, as NAME[:N][@FILE]; see docs/durability.md
    #[arg(long, env = "JALOSTAMO_CRASH_AT", hide = true)]
    pub crash_at: Option<CrashAt>,
    /// Days for which every change of a board is kept, or all; older ones live on in the board's present state
    #[arg(long, env = "JALOSTAMO_HISTORY", value_name = "DAYS", default_value_t)]
    pub history: History,
    /// Time a client has to send a request's headers.
    #[arg(skip = limits::HEADER_TIME)]
    pub header_time: Duration,
    /// Time a client has to send a request's body.
    #[arg(skip = limits::BODY_TIME)]
    pub body_time: Duration,
    /// Connections at once; further ones wait in the kernel's queue.
    #[arg(skip = limits::CONNECTIONS)]
    pub connections: usize,
    /// Attempts to redeem a link, a minute and address.
    #[arg(skip = limits::REDEEM_PER_MINUTE)]
    pub redeem_per_minute: u32,
    /// What passes with time in rooms and on sockets.
    #[arg(skip)]
    pub pace: limits::Pace,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: Listen::Localhost(8080),
            data: PathBuf::from("data"),
            public_url: None,
            metrics_listen: None,
            trusted_proxy: Vec::new(),
            log_format: LogFormat::Text,
            log: "info".to_owned(),
            crash_at: None,
            history: History::default(),
            header_time: limits::HEADER_TIME,
            body_time: limits::BODY_TIME,
            connections: limits::CONNECTIONS,
            redeem_per_minute: limits::REDEEM_PER_MINUTE,
            pace: limits::Pace::default(),
        }
    }
}

/// How long the entries of boards' journals are kept: their past, not what is on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// From 1 to [`History::MOST_DAYS`].
    Days(u32),
    All,
}

impl History {
    /// A hundred years.
    pub const MOST_DAYS: u32 = 36_500;

    /// The moment before which entries go, in milliseconds since 1970; `None`: never.
    #[must_use]
    pub fn before(self, now: i64) -> Option<i64> {
        match self {
            History::Days(days) => Some(now.saturating_sub(i64::from(days) * 24 * 60 * 60 * 1_000)),
            History::All => None,
        }
    }
}

impl Default for History {
    /// A series of workshops takes some months; a year after it somebody looks how what was planned came to be.
    fn default() -> Self {
        History::Days(400)
    }
}

impl FromStr for History {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let days = || text.parse().ok().filter(|days| (1..=Self::MOST_DAYS).contains(days));
        match text {
            "all" => Ok(History::All),
            _ => days().map(History::Days).ok_or_else(|| format!("give days, 1 to {}, or all", Self::MOST_DAYS)),
        }
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            History::Days(days) => days.fmt(f),
            History::All => f.write_str("all"),
        }
    }
}

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Where to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listen {
    /// Both loopback addresses: what `localhost` means depends on the browser.
    Localhost(u16),
    Address(SocketAddr),
}

impl Listen {
    /// The addresses to bind, the first required, the second only where the machine has IPv6.
    #[must_use]
    pub fn addresses(self) -> (SocketAddr, Option<SocketAddr>) {
        match self {
            Listen::Localhost(port) => ((Ipv4Addr::LOCALHOST, port).into(), Some((Ipv6Addr::LOCALHOST, port).into())),
            Listen::Address(address) => (address, None),
        }
    }
}

impl FromStr for Listen {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(port) = text.strip_prefix("localhost:") {
            return port.parse().map(Listen::Localhost).map_err(|_| format!("{port} is not a port"));
        }
        text.parse()
            .map(Listen::Address)
            .map_err(|_| "give an address and a port, for example 0.0.0.0:8080, [::]:8080 or localhost:8080".to_owned())
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Listen::Localhost(port) => write!(f, "localhost:{port}"),
            Listen::Address(address) => write!(f, "{address}"),
        }
    }
}

/// The origin that browsers see: scheme, host and port, nothing after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// As a browser sends it in `Origin`: no slash at the end, lower case, no default port.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for PublicUrl {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || "give http://host or https://host, with a port where it is not 80 or 443, and no path".to_owned();
        let lower = text.trim_end_matches('/').to_ascii_lowercase();
        let (scheme, authority) = lower.split_once("://").ok_or_else(wrong)?;
        let default_port = match scheme {
            "http" => ":80",
            "https" => ":443",
            _ => return Err(wrong()),
        };
        let authority = authority.strip_suffix(default_port).unwrap_or(authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let host_fits = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(inner) => inner.parse::<Ipv6Addr>().is_ok(),
            None => !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'),
        };
        let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|number| number.to_string() == port));
        if host_fits && port_fits { Ok(Self(format!("{scheme}://{authority}"))) } else { Err(wrong()) }
    }
}

/// Every origin from which this server's own pages can come, the public one first.
///
/// Without a public URL and on loopback, one machine has three names for the same server.
#[must_use]
pub fn origins(public_url: Option<&PublicUrl>, listening: SocketAddr) -> Vec<String> {
    if let Some(url) = public_url {
        return vec![url.origin().to_owned()];
    }
    let port = if listening.port() == 80 { String::new() } else { format!(":{}", listening.port()) };
    let ip = listening.ip();
    if ip.is_loopback() || ip.is_unspecified() {
        ["localhost", "127.0.0.1", "[::1]"].into_iter().map(|host| format!("http://{host}{port}")).collect()
    } else {
        let host = if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() };
        vec![format!("http://{host}{port}")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_what_browsers_send_as_origin() {
        for (given, origin) in [
            ("https://Board.Example.fi/", "https://board.example.fi"),
            ("https://board.example.fi:443", "https://board.example.fi"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(given.parse::<PublicUrl>().unwrap().origin(), origin);
        }
        for wrong in
            ["board.example.fi", "ftp://x", "https://", "https://a/b", "https://a b", "http://a:99999", "http://u@a"]
        {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn localhost_is_both_loopback_addresses() {
        let (first, second) = "localhost:8080".parse::<Listen>().unwrap().addresses();
        assert_eq!(first.to_string(), "127.0.0.1:8080");
        assert_eq!(second.map(|address| address.to_string()).as_deref(), Some("[::1]:8080"));
        assert_eq!("0.0.0.0:80".parse::<Listen>().unwrap().addresses().1, None);
        assert!("8080".parse::<Listen>().is_err());
    }

    #[test]
    fn a_history_has_days_or_no_end() {
        const DAY: i64 = 86_400_000;
        for (text, before) in [("1", Some(999 * DAY)), ("36500", Some(-35_500 * DAY)), ("all", None)] {
            let history: History = text.parse().unwrap();
            assert_eq!((history.to_string().as_str(), history.before(1_000 * DAY)), (text, before));
        }
        for wrong in ["0", "36501", "-1", "ALL", "1.5", ""] {
            assert!(wrong.parse::<History>().is_err(), "{wrong}");
        }
        assert_eq!(History::default().to_string(), "400");
    }

    #[test]
    fn origins_without_a_public_url() {
        let local = origins(None, "127.0.0.1:8080".parse().unwrap());
        assert_eq!(local, ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"]);
        assert_eq!(origins(None, "192.0.2.7:80".parse().unwrap()), ["http://192.0.2.7"]);
    }
}
