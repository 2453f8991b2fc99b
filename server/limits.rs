//! Every cap of the server, each with its reason. Knows nothing of who enforces it.
//!
//! Caps on documents count only what is new to the server: a board that stands at a cap can still be
//! read, synchronised and emptied.

use std::time::Duration;

/// A frame before authentication: an auth message with a token, nothing else, fits.
pub const PRE_AUTH_BYTES: usize = 4 * 1024;
/// How many frames and documents may wait for authentication on one socket.
pub const PRE_AUTH_FRAMES: usize = 32;
/// A socket that says nothing sensible for this long after the upgrade is closed (slowloris).
pub const FIRST_FRAME: Duration = Duration::from_secs(5);
/// Time to send an HTTP request's headers (slowloris).
pub const HEADER_TIME: Duration = Duration::from_secs(5);
/// Time to send an HTTP request's body: 50 MB at 4 Mbit/s.
pub const BODY_TIME: Duration = Duration::from_secs(100);
/// Size of an HTTP request's headers.
pub const HEADER_BYTES: usize = 16 * 1024;
/// An update typed or drawn by a person is far below this; a paste of 2,000 notes fits.
pub const MESSAGE_BYTES: usize = 1024 * 1024;
/// The answer to sync step 1 may carry days of offline work.
pub const SYNC_STEP_2_BYTES: usize = 16 * 1024 * 1024;
/// tungstenite's default read buffer of 128 KiB would be most of an idle connection.
pub const SOCKET_READ_BUFFER: usize = 2 * 1024;
/// Structs that one update may bring that the server does not have yet.
pub const STRUCTS_PER_UPDATE: usize = 50_000;
/// How deep arrays and objects may nest inside one value: `at` is 1.
pub const VALUE_DEPTH: usize = 4;
/// How deep shared types may nest: a root map, an object, its text or set; also in what is deleted, where the schema no
/// longer says so.
pub const TYPE_DEPTH: usize = 3;
/// Entries of one array or object value.
pub const VALUE_ENTRIES: usize = 256;
/// A string inside a value or one run of typed text, in UTF-8 bytes: a whole note of `TEXT_UNITS` can be pasted,
/// and a UTF-16 unit is at most three bytes.
pub const STRING_BYTES: usize = 3 * TEXT_UNITS;
/// A note's text, in UTF-16 code units as Yjs counts; about two printed pages.
pub const TEXT_UNITS: usize = 4_000;
/// A map key.
pub const KEY_BYTES: usize = 32;
/// Clocks and lengths stay below 2^31: yrs and Yjs do arithmetic on them in 32 bits.
pub const CLOCK: u64 = 1 << 31;
/// Steps to find where an update's values stand among others' of the same keys: values written offline over old ones
/// take a few each; a chain built to be walked again and again would hold a room up for minutes.
pub const ORDER_STEPS: usize = 1_000_000;
/// Steps to find where an update's new blocks stand in their texts, if each walks over all pieces of its text: 2,000
/// separate insertions into one text by one update, and far more into many. Ten thousand blocks at one place after as many of
/// another client, 40 kB, would hold up every document that takes them for ten seconds, fifty thousand for minutes.
pub const TEXT_STEPS: usize = 2_000_000;
/// Objects that are on the board (not deleted).
pub const LIVE_OBJECTS: usize = 20_000;
/// A board's encoded state.
pub const BOARD_BYTES: usize = 64 * 1024 * 1024;
/// Client ids one person may bind to one board and epoch: one for each opened tab.
pub const CLIENTS_PER_PERSON: usize = 5_000;
/// People connected to one board.
pub const PEOPLE_PER_BOARD: usize = 500;
/// Sockets of one person on one board: tabs and devices.
pub const SOCKETS_PER_PERSON: usize = 5;
/// A presence state as JSON.
pub const PRESENCE_BYTES: usize = 4 * 1024;
/// Presence goes out at most this often a board; what came in between is merged. A pointer that follows its hand by more than
/// some 50 ms is felt to drag.
pub const PRESENCE_TICK: Duration = Duration::from_millis(20);
/// With more connections than this on a board the tick grows with them: each tick is a message to each of them.
pub const PRESENCE_PEERS: usize = 100;

/// The presence tick of a board with so many connections.
#[must_use]
pub fn presence_tick(peers: usize) -> Duration {
    let times = peers.div_ceil(PRESENCE_PEERS).max(1);
    PRESENCE_TICK * u32::try_from(times).unwrap_or(u32::MAX)
}
/// Bytes a second that session states may take of a board because people come and go: everybody is in everybody's, so 300
/// who come back at once would make, and be sent, 8 MB at each tick. 80 people hear of each other seven times a second, 500 every
/// five seconds. Facilitation, rights and the state of the disk wait for nothing.
pub const SESSION_BYTES_PER_SECOND: usize = 4 * 1024 * 1024;
/// A presence that was not renewed for this long is gone.
pub const PRESENCE_LIFE: Duration = Duration::from_secs(30);
/// Stock providers drop a socket that received no message for 30 s; every idle one gets a message this often.
pub const KEEP_ALIVE: Duration = Duration::from_secs(12);
/// Updates parked on a connection until a gap before them is filled.
pub const PARKED_BYTES: usize = 256 * 1024;
/// Client ids of a person of whom new blocks were refused, so that they stay refused; an honest browser has a few in an hour.
pub const REFUSED_CLIENTS: usize = 64;
/// A state vector names clients; one that names more than the board knows, and this, is an attack.
pub const UNKNOWN_CLIENTS: usize = 256;
/// Full resyncs a minute a connection; further ones wait, they never close it.
pub const RESYNCS_PER_MINUTE: u32 = 12;
/// How often a socket asks whether the session it lives by is still there; one that is ended here is told at once.
pub const SESSION_CHECK: Duration = Duration::from_secs(30);
/// What waits for a slow peer; past it the queue is dropped and the peer gets the whole state instead.
pub const OUTBOX_BYTES: usize = 1024 * 1024;
/// A peer that took no byte for this long is closed.
pub const STALLED: Duration = Duration::from_secs(30);
/// The slowest line that still counts as moving, in bytes a second: what is sent at once may take longer for it.
pub const SLOWEST_LINE: u64 = 16 * 1024;
/// Messages waiting in a room's inbox; a full inbox makes the sending socket wait.
pub const INBOX: usize = 1024;
/// Bytes of large messages waiting in a room's inbox: the largest one fits. `INBOX` of them would be gigabytes.
pub const INBOX_BYTES: usize = SYNC_STEP_2_BYTES;
/// What a message may have without counting for [`INBOX_BYTES`]: `INBOX` of them are 4 MiB.
pub const LIGHT_BYTES: usize = 4 * 1024;
/// Messages a second that one socket is read: a person makes 60 (drag, type, scroll), a program that fills a board some hundred. Past
/// it the socket is read slower; nothing is dropped and nobody is closed. One socket's updates cost a room 4 % of a core at this.
pub const MESSAGES_PER_SECOND: u32 = 2_000;
/// Messages that one socket may send at once: a paste of 10,000 lines as one update each, and what moves meanwhile.
pub const MESSAGE_BURST: u32 = 20_000;
/// Bytes a second that one socket is read.
pub const BYTES_PER_SECOND: u32 = 8 * 1024 * 1024;
/// Bytes that one socket may send at once: days of offline work on two boards.
pub const BYTE_BURST: u32 = 2 * SYNC_STEP_2_BYTES as u32;
/// All sockets of a person together may send so many times what one may: `SOCKETS_PER_PERSON` tabs are open, but one hand moves.
pub const PERSON_TIMES: u32 = 3;
/// Documents a second that a person may open on sockets, and at once: each may ask for a whole board. Past it the next one waits.
/// A facilitator with a tab for each of 50 teams who restarts the browser ten times is below it.
pub const OPENINGS_PER_SECOND: u32 = 10;
pub const OPENING_BURST: u32 = 600;
/// Messages of one connection that are no updates or presence at all; one more and it is closed. A broken program is told, one that does
/// it on purpose costs nobody more.
pub const MALFORMED_MESSAGES: u32 = 8;
/// How long a person whose connection was closed because of garbage waits for the next one: at first, and twice as long each time
/// until 8 s.
pub const GARBAGE_REST: Duration = Duration::from_millis(250);
pub const GARBAGE_DOUBLINGS: u32 = 5;
/// After so many such times without garbage, a minute, it is forgotten.
pub const GARBAGE_FORGOTTEN: u32 = 240;
/// Updates and bytes in one batch of a board.
pub const BATCH_UPDATES: usize = 1_000;
pub const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// A socket that gave no sign of life for this long is gone: stock providers speak every 15 s, and pings are answered.
pub const SILENT: Duration = Duration::from_secs(45);
/// Documents open on one socket.
pub const DOCUMENTS_PER_SOCKET: usize = 16;
/// New restrictions bind a connection that has not confirmed them after this long.
pub const GRACE: Duration = Duration::from_secs(2);
/// A room that nobody is in closes after this long; then it opens from its journal.
pub const ROOM_IDLE: Duration = Duration::from_secs(10);
/// A document that nobody has edited for this long is made again for the next edit, if the board takes no more than so many
/// bytes: it takes several times the memory of its bytes, and is made of so few of them quickly.
pub const DOCUMENT_REST: Duration = Duration::from_secs(2);
pub const REST_BYTES: usize = 128 * 1024;
/// A room that nobody has edited for this long keeps only its encoded bytes.
pub const ROOM_COLD: Duration = Duration::from_secs(60);
/// A checkpoint is written after this many entries or bytes since the last.
pub const CHECKPOINT_ENTRIES: u64 = 2_000;
pub const CHECKPOINT_BYTES: usize = 4 * 1024 * 1024;
/// Entries, and bytes of them, that one transaction deletes because they are past the kept history: about the time of one
/// large batch, which a commit may wait anyway.
pub const PRUNE_ENTRIES: usize = 500;
pub const PRUNE_BYTES: usize = 4 * 1024 * 1024;
/// How often it is looked for entries past the kept history, which is counted in days.
pub const PRUNE_EVERY: Duration = Duration::from_secs(3_600);
/// A board file for import.
pub const IMPORT_BYTES: usize = 50 * 1024 * 1024;
/// Nesting of an imported JSON file.
pub const IMPORT_DEPTH: usize = 16;
/// Exports at work at a time, of those that somebody waits for and of those that are fetched later: one a core of a
/// small machine.
pub const EXPORTS_AT_ONCE: usize = 2;
/// Exports of a person that are not finished.
pub const EXPORTS_PER_PERSON: usize = 3;
/// Exports of all people that are not finished: each holds its board's document.
pub const EXPORTS_UNFINISHED: usize = 32;
/// How long a finished export waits to be fetched.
pub const EXPORT_KEPT: Duration = Duration::from_secs(600);
/// What all finished exports together may take; past it the oldest go.
pub const EXPORTS_KEPT_BYTES: usize = 256 * 1024 * 1024;
/// Stack of a thread that makes an export: reading and drawing walk what may be nested.
pub const EXPORT_STACK: usize = 32 * 1024 * 1024;
/// Any other request body.
pub const BODY_BYTES: usize = 64 * 1024;
/// A display name, in characters; and titles of boards.
pub const NAME_CHARS: usize = 40;
pub const TITLE_CHARS: usize = 120;
/// A snapshot's name, in characters: "Työpaja 1: nykytila, ennen taukoa" and more.
pub const SNAPSHOT_NAME_CHARS: usize = 80;
/// Snapshots of one board: one before and after each part of a whole series, each as large as the board.
pub const SNAPSHOTS_PER_BOARD: usize = 200;
/// Of these the server takes so many by itself, at the ends of parts: four workshops of the default agenda are a hundred. The rest is for
/// those that people name.
pub const SNAPSHOTS_BY_ITSELF: usize = 150;
/// Comparisons and copies of snapshots at work at once, on the whole server: each holds one or two boards in memory and a
/// thread for up to a second. Others wait.
pub const HEAVY_WORK: usize = 2;
/// Organisations of one workshop series: every wellbeing services county, its largest municipalities and the ministries fit.
pub const ORGANISATIONS_PER_SERIES: usize = 200;
/// Teams of one workshop series, each with a board: eight times the six of 2020; all their lines fit on a page.
pub const TEAMS_PER_SERIES: usize = 50;
/// A name of a series or an organisation in one language, in characters: the longest official names have about 100.
pub const NAMES_CHARS: usize = 120;
/// An abbreviation, in characters: it stands in lists and on lanes in a name's place.
pub const ABBREVIATION_CHARS: usize = 20;
/// A team's name, in characters; it stands beside a board's title.
pub const TEAM_CHARS: usize = 80;
/// What a person says of their profession, in characters: "Vastaava sosiaaliohjaaja, perhepalvelut" and more.
pub const PROFESSION_CHARS: usize = 80;
/// From where a person looks at things, in characters: it is compared between people, so it is a few words.
pub const PERSPECTIVE_CHARS: usize = 120;
/// A challenge's theme and its customer group, in characters: one line of a form each. Its title is a board's.
pub const CHALLENGE_LINE_CHARS: usize = 200;
/// A challenge's problem and a series' purpose, in characters: about a printed page.
pub const PURPOSE_CHARS: usize = 2_000;
/// Workshops of one series: a kick-off, visits and a gala around a dozen working days.
pub const WORKSHOPS_PER_SERIES: usize = 20;
/// Parts of an agenda: three hours in the default one are 23, a whole day twice as many at most.
pub const AGENDA_PARTS: usize = 40;
/// An agenda as JSON: it is in every facilitator's session state, and in every board's journal. More than twice the default one.
pub const AGENDA_BYTES: usize = 56 * 1024;
/// A part's instruction in one language, in characters: what people read while they begin.
pub const INSTRUCTION_CHARS: usize = 600;
/// A part's minutes, and what a timer is set to or changed by at once: a working day.
pub const PART_MINUTES: u32 = 480;
/// What a timer can show.
pub const TIMER_MINUTES: u32 = 24 * 60;
/// A facilitator's message to a team, in characters: it stands above the board.
pub const MESSAGE_CHARS: usize = 500;
/// What somebody says when they ask for help, in characters: one line of a list.
pub const HELP_CHARS: usize = 200;
/// Requests for help that wait on a board, one a person: they are in everybody's session state, and stay when who asked has left.
pub const HELP_PER_BOARD: usize = 100;
/// Whoever is away for so long has left: no hand of theirs is up any more, and they lead nobody. A page that loads anew takes a
/// few seconds, a train's tunnel less than this.
pub const AWAY: Duration = Duration::from_secs(30);
/// Votes that a person may give away in one round.
pub const VOTES: u32 = 99;
/// A vote's title, in characters: one line of a list.
pub const VOTE_TITLE_CHARS: usize = 120;
/// Votes of one board, over a whole series: four workshops of ten each. Their results are in every facilitation state that is kept.
pub const VOTES_PER_BOARD: usize = 40;
/// Objects on one ballot: with a rating or yes and no a person goes through every card of a full wall.
pub const BALLOT_MARKS: usize = 300;
/// Objects in a result, those with most first: what a team of ordinary size can mark, and a bound for one that is not.
pub const RESULT_OBJECTS: usize = 1_000;
/// Ballots of one vote that facilitators enter: a hall without devices.
pub const ENTERED_BALLOTS: usize = 200;
/// With fewer ballots than this a vote's totals are not made: they would say who voted for what.
pub const VOTE_LEAST: usize = 3;
/// With fewer answers than this nothing of a survey is shown but their number.
pub const SURVEY_LEAST: usize = 5;
/// The open answer of a survey, in characters.
pub const SURVEY_TEXT_CHARS: usize = 1_000;
/// A text that somebody was writing when a part ended stays theirs to write for this long.
pub const TEXT_GRACE: Duration = Duration::from_secs(60);
/// Texts of one person that stay writable so: a person types in one, and may have gone back to another.
pub const TEXT_GRACE_TEXTS: usize = 8;
/// Rounds of silent writing that a board knows, revealed ones too: two working days of the default agenda. What was written in older
/// ones can be revealed no more.
pub const ROUNDS: usize = 12;
/// Objects of one person's draft that are not deleted: some tens is a lot for six minutes. Those of a full team fit on a board.
pub const DRAFT_OBJECTS: usize = 200;
/// The encoded state of one person's draft: all its objects with long texts, and what was typed and taken back.
pub const DRAFT_BYTES: usize = 1024 * 1024;
/// A board's picture in the control room, as a file. A usual one takes two kilobytes: six, each new every two seconds, are 6 KB a
/// second.
pub const THUMBNAIL_BYTES: usize = 10 * 1024;
/// A board is read and painted again for the control room at most this often, whoever looks.
pub const THUMBNAIL_EVERY: Duration = Duration::from_secs(2);
/// And it rests so many times as long as that took: a board of 20,000 objects takes no more of a core than this leaves.
pub const THUMBNAIL_REST: u32 = 10;
/// Boards that are read and painted at once, on the whole server: typing goes first.
pub const THUMBNAILS_AT_ONCE: usize = 1;
/// A picture that nobody has asked for this long is forgotten.
pub const THUMBNAIL_KEPT: Duration = Duration::from_secs(300);
/// The control room looks at its boards, and tells what changed, at most this often.
pub const CONTROL_TICK: Duration = Duration::from_secs(1);
/// Bytes a second that the control room tells one facilitator: past it the next message waits, and says what changed meanwhile.
pub const CONTROL_BYTES_PER_SECOND: usize = 50_000;
/// Control rooms of one series that one person has open: tabs and devices.
pub const CONTROL_FEEDS_PER_PERSON: usize = 5;
/// A team whose board nobody has changed for this long is called quiet.
pub const QUIET: Duration = Duration::from_secs(180);
/// Links that do not exist, tried from one address: a minute. Good ones are not counted: a ministry of 500 behind one address gets in
/// at once, also while somebody there guesses.
pub const REDEEM_PER_MINUTE: u32 = 120;
/// New people by one link: a minute, and at once. A whole board's fit; a link that went astray makes no millions.
pub const NEWCOMERS_PER_MINUTE: u32 = 600;
/// Commands a second a person.
pub const COMMANDS_PER_SECOND: u32 = 10;
/// Connections waiting for their first request or frame, and in all.
pub const CONNECTIONS: usize = 10_000;
/// How often a room looks after itself when nothing happens.
pub const HOUSEKEEPING: Duration = Duration::from_secs(1);

/// How long session states rest after so many bytes of them.
#[must_use]
pub fn session_rest(bytes: usize) -> Duration {
    Duration::from_millis(1000 * bytes as u64 / SESSION_BYTES_PER_SECOND as u64)
}

/// The limits of rooms and sockets that pass with time. The defaults are the constants of the same names; others are for
/// whoever cannot wait for them.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub first_frame: Duration,
    pub silent: Duration,
    pub stalled: Duration,
    /// In bytes a second.
    pub slowest_line: u64,
    pub keep_alive: Duration,
    pub session_check: Duration,
    pub housekeeping: Duration,
    pub room_idle: Duration,
    pub away: Duration,
    pub document_rest: Duration,
    pub room_cold: Duration,
    pub checkpoint_entries: u64,
    pub checkpoint_bytes: usize,
    pub presence_life: Duration,
    /// The minute of [`RESYNCS_PER_MINUTE`].
    pub resync_minute: Duration,
    /// How fast one socket is read.
    pub socket: Quota,
    /// How fast all sockets of one person are.
    pub person: Quota,
    pub garbage_rest: Duration,
}

/// Messages and bytes, a second and at once.
#[derive(Debug, Clone, Copy)]
pub struct Quota {
    pub messages: u32,
    pub message_burst: u32,
    pub bytes: u32,
    pub byte_burst: u32,
}

impl Quota {
    /// So many times what one socket has.
    const fn sockets(times: u32) -> Self {
        Self {
            messages: times * MESSAGES_PER_SECOND,
            message_burst: times * MESSAGE_BURST,
            bytes: times * BYTES_PER_SECOND,
            byte_burst: times * BYTE_BURST,
        }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first_frame: FIRST_FRAME,
            silent: SILENT,
            stalled: STALLED,
            slowest_line: SLOWEST_LINE,
            keep_alive: KEEP_ALIVE,
            session_check: SESSION_CHECK,
            housekeeping: HOUSEKEEPING,
            room_idle: ROOM_IDLE,
            away: AWAY,
            document_rest: DOCUMENT_REST,
            room_cold: ROOM_COLD,
            checkpoint_entries: CHECKPOINT_ENTRIES,
            checkpoint_bytes: CHECKPOINT_BYTES,
            presence_life: PRESENCE_LIFE,
            resync_minute: Duration::from_secs(60),
            socket: Quota::sockets(1),
            person: Quota::sockets(PERSON_TIMES),
            garbage_rest: GARBAGE_REST,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presence_goes_out_less_often_in_a_crowd() {
        assert_eq!(presence_tick(0), PRESENCE_TICK);
        assert_eq!(presence_tick(PRESENCE_PEERS), PRESENCE_TICK);
        assert_eq!(presence_tick(PRESENCE_PEERS + 1), 2 * PRESENCE_TICK);
        assert_eq!(presence_tick(PEOPLE_PER_BOARD), 5 * PRESENCE_TICK);
    }
}
