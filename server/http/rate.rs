//! How often one address may guess links, one link may make people, and one person may send commands. Knows no routes.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock};

use crate::{
    http::{
        App,
        flow::Visitors,
        problem::{Code, Problem},
    },
    ids::{InviteId, PersonId},
    limits,
};

/// How often what is not counted any more is forgotten.
pub const SWEEP: Duration = Duration::from_secs(60);

/// The counters. They live in memory, for minutes at most, and are never logged.
pub struct Rates {
    wrong_links: DefaultKeyedRateLimiter<IpAddr>,
    newcomers: DefaultKeyedRateLimiter<InviteId>,
    commands: DefaultKeyedRateLimiter<PersonId>,
    /// Whoever has sockets.
    pub visitors: Visitors,
}

impl Rates {
    #[must_use]
    pub fn new(redeem_per_minute: u32) -> Self {
        let at_least_one = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self {
            wrong_links: DefaultKeyedRateLimiter::keyed(Quota::per_minute(at_least_one(redeem_per_minute))),
            newcomers: DefaultKeyedRateLimiter::keyed(Quota::per_minute(at_least_one(limits::NEWCOMERS_PER_MINUTE))),
            commands: DefaultKeyedRateLimiter::keyed(Quota::per_second(at_least_one(limits::COMMANDS_PER_SECOND))),
            visitors: Visitors::default(),
        }
    }

    /// Counts a link that does not exist.
    ///
    /// # Errors
    /// 429, with the time to wait.
    pub fn wrong_link(&self, address: IpAddr) -> Result<(), Problem> {
        check(&self.wrong_links, &network(address))
    }

    /// Counts one new person who comes by this link.
    ///
    /// # Errors
    /// 429, with the time to wait.
    pub fn newcomer(&self, invite: InviteId) -> Result<(), Problem> {
        check(&self.newcomers, &invite)
    }

    /// Counts one command.
    ///
    /// # Errors
    /// 429, with the time to wait.
    pub fn command(&self, person: PersonId) -> Result<(), Problem> {
        check(&self.commands, &person)
    }

    /// Forgets whoever has their full allowance again.
    pub fn sweep(&self) {
        self.wrong_links.retain_recent();
        self.newcomers.retain_recent();
        self.commands.retain_recent();
        self.visitors.sweep();
    }
}

fn check<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Problem> {
    limiter.check_key(key).map_err(|until| {
        let wait = until.wait_time_from(limiter.clock().now());
        Problem::new(Code::TooMany).retry_after(wait.as_secs() + 1)
    })
}

/// One home or office has a whole IPv6 /64: its addresses count as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
        v4 => v4,
    }
}

/// The other end of the connection, put into each request by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// The address that a request is counted for: the peer's or, behind a trusted proxy, the one the proxy saw.
pub struct Address(pub IpAddr);

impl FromRequestParts<App> for Address {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<Peer>().ok_or(Code::Internal)?.0;
        Ok(Self(counted(peer, &app.config.trusted_proxy, &parts.headers)))
    }
}

/// The last address in `X-Forwarded-For` that no trusted proxy has; what stands before it anyone can invent.
fn counted(peer: IpAddr, trusted: &[IpAddr], headers: &HeaderMap) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.contains(&address.to_canonical());
    if !is_trusted(peer) {
        return peer;
    }
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    let forwarded = lines.iter().flat_map(|line| line.split(',')).map(|text| text.trim().parse::<IpAddr>());
    let mut known = peer;
    for address in forwarded.collect::<Vec<_>>().into_iter().rev() {
        let Ok(address) = address else { break };
        known = address;
        if !is_trusted(address) {
            break;
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_and_one_past_it() {
        let rates = Rates::new(3);
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        for _ in 0..3 {
            rates.wrong_link(address).unwrap();
        }
        assert_eq!(rates.wrong_link(address).unwrap_err().code(), Code::TooMany);
        rates.wrong_link("192.0.2.2".parse().unwrap()).unwrap();
        let link = InviteId::new();
        (0..limits::NEWCOMERS_PER_MINUTE).for_each(|_| rates.newcomer(link).unwrap());
        assert_eq!(rates.newcomer(link).unwrap_err().code(), Code::TooMany);
        rates.newcomer(InviteId::new()).unwrap();
        let person = PersonId::new();
        (0..limits::COMMANDS_PER_SECOND).for_each(|_| rates.command(person).unwrap());
        assert_eq!(rates.command(person).unwrap_err().code(), Code::TooMany);
        rates.command(PersonId::new()).unwrap();
    }

    #[test]
    fn one_ipv6_network_is_one_address() {
        let net = |text: &str| network(text.parse().unwrap());
        assert_eq!(net("2001:db8::1"), net("2001:db8::ffff"));
        assert_ne!(net("2001:db8::1"), net("2001:db8:0:1::1"));
        assert_eq!(net("::ffff:192.0.2.1"), net("192.0.2.1"));
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "6.6.6.6, 192.0.2.9".parse().unwrap());
        headers.append("x-forwarded-for", "10.0.0.1".parse().unwrap());
        assert_eq!(counted(proxy, &[proxy], &headers).to_string(), "192.0.2.9");
        assert_eq!(counted(proxy, &[], &headers), proxy);
        assert_eq!(counted(proxy, &[proxy], &HeaderMap::new()), proxy);
    }
}
