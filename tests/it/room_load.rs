//! Six teams of fourteen typing at once: every board ends the same for everybody on it.

use std::{sync::Arc, time::Duration};

use jalostamo::role::Role;
use tempfile::tempdir;
use tokio::time::Instant;

use crate::support::{
    board::Server,
    collab::{Client, texts},
};

const BOARDS: usize = 6;
const PEOPLE: usize = 14;
/// Letters that each person types, one a message.
const LETTERS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn eighty_four_people_on_six_boards_end_the_same() {
    let folder = tempdir().unwrap();
    let first = Server::start(folder.path()).await;
    let mut teams: Vec<Arc<Vec<Client>>> = Vec::new();
    for _ in 0..BOARDS {
        let board = first.add_board().await;
        let mut team = Vec::new();
        for number in 0..PEOPLE {
            team.push(first.client_on(board, &format!("P{number}"), Role::Participant).await);
        }
        teams.push(Arc::new(team));
    }
    let (cpu, started) = (cpu_seconds(), Instant::now());
    let mut typing = tokio::task::JoinSet::new();
    for (team, number) in teams.iter().flat_map(|team| (0..PEOPLE).map(move |number| (Arc::clone(team), number))) {
        typing.spawn(async move {
            let mut waits = Vec::new();
            let me = &team[number];
            let note = me.note(&format!("{number:02}")).await;
            let mut beat = tokio::time::interval(Duration::from_millis(100));
            for letter in 0..LETTERS as u64 {
                beat.tick().await;
                let sent = Instant::now();
                me.append(&note, "x").await;
                me.until("durable", |heard| heard.durable == letter + 3).await;
                waits.push(sent.elapsed());
            }
            waits
        });
    }
    let mut waits: Vec<Duration> = typing.join_all().await.into_iter().flatten().collect();
    let expected: Vec<String> = (0..PEOPLE).map(|number| format!("{number:02}{}", "x".repeat(LETTERS))).collect();
    for client in teams.iter().flat_map(|team| team.iter()) {
        client.until("everything", |_| texts(&client.doc) == expected).await;
        assert!(client.has(|heard| heard.refused.is_empty() && heard.closed.is_none()));
    }
    waits.sort();
    // A delivery is one edit on one other person's screen; edits of one batch travel together.
    let (deliveries, frames) = (waits.len() * (PEOPLE - 1), first.app.metrics.frames_out.get());
    // Server and clients share this process: its processor time is an upper bound of the server's.
    println!(
        "{deliveries} deliveries in {frames} frames, {:.0} a second; durable p50 {:?} p99 {:?}; {:.1} µs of processor each",
        deliveries as f64 / started.elapsed().as_secs_f64(),
        waits[waits.len() / 2],
        waits[waits.len() * 99 / 100],
        (cpu_seconds() - cpu) * 1e6 / deliveries as f64,
    );
}

/// Processor time of this process so far; 0 where the system does not tell.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.split(' ').skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / 100.0
}
