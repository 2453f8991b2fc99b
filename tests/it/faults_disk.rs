//! Disks that are slow, hang, fill up or fail under the running program: nothing is acknowledged or shown that is not
//! kept, those who read go on, and writing goes on by itself where it may. Knows the program from outside only.

use jalostamo::{ids::BoardId, role::Role};
use tempfile::TempDir;

use crate::{
    kill_facts::Facts,
    kill_load::facts_of,
    support::{
        collab::{Client, Heard, texts},
        disk::Disk,
        eventually,
        http::get,
        program::{Program, Who, new_board},
    },
};

/// A board with something on it, and two who are there.
struct Stage {
    disk: Disk,
    data: TempDir,
    program: Program,
    board: BoardId,
    people: Vec<Who>,
    writer: Client,
    reader: Client,
    /// Goes up by one with each sign that somebody sends.
    signs: std::cell::Cell<u64>,
}

fn says(heard: &Heard, storage: &str) -> bool {
    heard.session.as_ref().unwrap()["state"]["storage"] == storage
}

impl Stage {
    async fn new() -> Self {
        let (disk, data) = (Disk::new(), tempfile::tempdir().unwrap());
        let (board, people) = new_board(data.path(), &[Role::Participant; 3]).await;
        let program = disk.start(data.path()).await;
        let writer = program.client(board, &people[0]).await;
        let reader = program.client(board, &people[1]).await;
        let stage = Self { disk, data, program, board, people, writer, reader, signs: 0.into() };
        stage.disk.order("sync delay 0");
        stage.writer.note("before").await;
        stage.writer.until("kept", |heard| heard.durable >= heard.sent).await;
        stage.reader.until_texts(&["before"]).await;
        assert!(stage.disk.count(')') > 0, "the library is not between the program and its disk");
        stage.disk.order("");
        stage
    }

    /// Those who read go on: somebody comes, sees the board as it is kept, and hears of the others. Two rounds by way
    /// of the room: whatever it had to say before has been said.
    async fn readers_go_on(&self, shown: &[&str]) {
        let newcomer = self.program.client(self.board, &self.people[2]).await;
        assert_eq!(newcomer.texts(), shown);
        assert_eq!(self.reader.texts(), shown);
        for _ in 0..2 {
            let sign = self.signs.get() + 1;
            self.signs.set(sign);
            self.writer.presence(5, sign, Some(&format!(r#"{{"cursor":[{sign},0]}}"#))).await;
            for client in [&self.reader, &newcomer] {
                client.until("a cursor", |heard| heard.presence.values().any(|of| of["cursor"][0] == sign)).await;
            }
        }
        assert_eq!(get(&format!("http://{}/healthz", self.program.address)).await.status, 200);
        assert_eq!(newcomer.texts(), shown);
        assert_eq!(self.reader.texts(), shown);
    }

    /// The program is killed and started on a disk that is well.
    async fn restarted(self) -> (Program, BoardId, Vec<Who>, TempDir) {
        self.program.kill().await;
        (Program::start(self.data.path()).await, self.board, self.people, self.data)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_or_shown_before_the_disk_has_it() {
    let stage = Stage::new().await;
    let durable = stage.writer.has(|heard| heard.durable);
    stage.disk.order("sync hold");
    stage.writer.note("held").await;
    stage.disk.hangs().await;
    stage.readers_go_on(&["before"]).await;
    assert_eq!(stage.writer.has(|heard| heard.durable), durable, "acknowledged before it was synced");
    assert!(stage.reader.has(|heard| says(heard, "good")));
    stage.disk.order("");
    stage.writer.until("kept", |heard| heard.durable >= heard.sent).await;
    stage.reader.until_texts(&["before", "held"]).await;
    let (program, board, people, _data) = stage.restarted().await;
    assert_eq!(program.client(board, &people[2]).await.texts(), ["before", "held"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_disk_makes_saving_slow_and_nothing_else() {
    let stage = Stage::new().await;
    stage.disk.order("sync delay 50");
    let syncs = stage.disk.count(')');
    for number in 10..40 {
        stage.writer.note(&format!("note {number}")).await;
    }
    stage.writer.until("kept", |heard| heard.durable >= heard.sent).await;
    let slow = stage.disk.count(')') - syncs;
    assert!((1..=30).contains(&slow), "{slow} syncs for 30 edits");
    stage.disk.order("sync delay 5000");
    let syncs = stage.disk.count(')');
    let all: Vec<String> = std::iter::once("before".to_owned()).chain((10..40).map(|n| format!("note {n}"))).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    stage.reader.until_texts(&all).await;
    stage.writer.note("slow").await;
    stage.disk.hangs().await;
    stage.readers_go_on(&all).await;
    if stage.disk.count(')') == syncs {
        assert!(stage.writer.has(|heard| heard.durable < heard.sent));
    }
    stage.writer.until("kept", |heard| heard.durable >= heard.sent).await;
    assert!(stage.disk.count(')') > syncs, "acknowledged before it was synced");
    let with_it: Vec<&str> = all.iter().copied().chain(["slow"]).collect();
    stage.reader.until_texts(&with_it).await;
    for client in [&stage.writer, &stage.reader] {
        assert!(client.has(|heard| heard.closed.is_none() && heard.refused.is_empty() && says(heard, "good")));
    }
    stage.disk.order("");
}

/// What must not be tried again: a sync or a write that failed as on a broken disk.
async fn ends_writing(order: &str) {
    let stage = Stage::new().await;
    let durable = stage.writer.has(|heard| heard.durable);
    stage.disk.order(order);
    stage.writer.note("failed").await;
    for client in [&stage.writer, &stage.reader] {
        client.until(order, |heard| says(heard, "failing")).await;
    }
    stage.readers_go_on(&["before"]).await;
    // Also when the disk seems well again: nobody knows what it lost.
    stage.disk.order("");
    stage.writer.note("later").await;
    stage.readers_go_on(&["before"]).await;
    assert_eq!(stage.writer.has(|heard| heard.durable), durable, "{order}: acknowledged");
    let ready = get(&format!("http://{}/readyz", stage.program.address)).await;
    assert_eq!((ready.status, ready.code().as_str()), (503, "storage"));
    let (writer, kept) = (stage.writer.doc.clone(), facts_of(&stage.reader.doc));
    stage.program.signal("TERM").await;
    let (code, log) = stage.program.ended().await;
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("restart the server when the disk is well"), "{log}");
    let program = Program::start(stage.data.path()).await;
    let fresh = program.client(stage.board, &stage.people[1]).await;
    assert!(facts_of(&fresh.doc).contains(&kept));
    let back = program.client_with(stage.board, &stage.people[0], writer).await;
    back.until("kept", |heard| heard.durable >= heard.sent).await;
    fresh.until_texts(&["before", "failed", "later"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_failed_ends_writing_until_a_restart() {
    ends_writing("sync fail EIO").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_failed_ends_writing_until_a_restart() {
    ends_writing("write fail EIO").await;
}

/// As a system does with a file system on which it found errors.
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_becomes_read_only_ends_writing_until_a_restart() {
    ends_writing("write fail EROFS").await;
}

/// What ends by itself: no room on the disk, no room in the user's quota.
async fn waits_for_room(order: &str) {
    let stage = Stage::new().await;
    let durable = stage.writer.has(|heard| heard.durable);
    let failed = stage.disk.count('!');
    stage.disk.order(order);
    stage.writer.note("meanwhile").await;
    for client in [&stage.writer, &stage.reader] {
        client.until(order, |heard| says(heard, "full")).await;
    }
    stage.readers_go_on(&["before"]).await;
    assert_eq!(stage.writer.has(|heard| heard.durable), durable, "{order}: acknowledged");
    // It tries by itself, and in vain as long as there is no room.
    stage.disk.failed_after(failed + 2).await;
    let ready = get(&format!("http://{}/readyz", stage.program.address)).await;
    assert_eq!((ready.status, ready.code().as_str()), (503, "storage"));
    stage.writer.note("still").await;
    stage.readers_go_on(&["before"]).await;
    stage.disk.order("");
    stage.writer.until("everything kept", |heard| heard.durable >= heard.sent).await;
    stage.reader.until_texts(&["before", "meanwhile", "still"]).await;
    stage.reader.until("good", |heard| says(heard, "good")).await;
    eventually("ready again", async || get(&format!("http://{}/readyz", stage.program.address)).await.status == 200)
        .await;
    let all: Facts = facts_of(&stage.writer.doc);
    let (program, board, people, _data) = stage.restarted().await;
    let fresh = program.client(board, &people[2]).await;
    assert_eq!(facts_of(&fresh.doc), all);
    assert_eq!(texts(&fresh.doc), ["before", "meanwhile", "still"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_room_is_tried_until_it_has_some() {
    waits_for_room("write fail ENOSPC").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_that_is_used_up_is_a_disk_without_room() {
    waits_for_room("write fail EDQUOT").await;
}
