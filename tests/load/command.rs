//! What can be asked of the generator, and the turns in which servers take their runs. Knows no scenario from inside.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};

use crate::{
    disk,
    report::{Figures, Report},
    scenario::{
        awareness, durable,
        fan_out::{self, Load},
        garbage,
        idle::{self, Held},
        join, max, slow, storm, workshop,
    },
    servers::{Kind, Place, bare, peers},
};

/// How often notes were moved on the large board: with what it took to make 5,000 notes, 200,000 operations.
const MOVES: usize = 165_000;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// One board; ten people move notes ten times a second
    FanOut {
        #[command(flatten)]
        common: Common,
        /// People on the board; several with commas
        #[arg(long, value_delimiter = ',', default_value = "10,50,100,200")]
        clients: Vec<usize>,
        #[arg(long, default_value_t = 10)]
        writers: usize,
        /// Edits a second of each writer
        #[arg(long, default_value_t = 10.0)]
        rate: f64,
    },
    /// 200 boards with six people each, who all move a note every second
    Rooms {
        #[command(flatten)]
        common: Common,
        #[arg(long, default_value_t = 200)]
        boards: usize,
    },
    /// One board where everybody's cursor moves 20 times a second
    Awareness {
        #[command(flatten)]
        common: Common,
        #[arg(long, value_delimiter = ',', default_value = "20,50")]
        clients: Vec<usize>,
    },
    /// 100 people, 20 of whom move notes ever faster, until one edit in a hundred takes more than 100 ms
    Max {
        #[command(flatten)]
        common: Common,
        /// Edits a second of each writer, to begin with
        #[arg(long, default_value_t = 20.0)]
        rate: f64,
    },
    /// Memory of 2,000 connections on 500 boards, and of 100 boards of 100 notes
    Idle {
        #[command(flatten)]
        common: Common,
        /// Seconds after which memory is looked at when everybody has left
        #[arg(long, default_value_t = 30)]
        after: u64,
    },
    /// A board of 5,000 notes with 200,000 operations of history: one newcomer, 50 at once, and who works meanwhile
    Join {
        #[command(flatten)]
        common: Common,
        /// How often a note was moved
        #[arg(long, default_value_t = MOVES)]
        moves: usize,
        /// Newcomers at once
        #[arg(long, default_value_t = 50)]
        crowd: usize,
    },
    /// kill -9 while people work, and a restart: what anybody had received must be there
    Durable {
        #[command(flatten)]
        common: Common,
        /// Edits a second, of ten writers together
        #[arg(long, value_delimiter = ',', default_value = "100,1000")]
        rate: Vec<f64>,
    },
    /// Ten people edit an empty board, and one of 10,000 notes
    Size {
        #[command(flatten)]
        common: Common,
        #[arg(long, value_delimiter = ',', default_value = "0,10000")]
        notes: Vec<usize>,
    },
    /// 300 people, 50 of whom stop reading: how much later do the others' edits come?
    Slow {
        #[command(flatten)]
        common: Common,
        #[arg(long, default_value_t = 300)]
        clients: usize,
        #[arg(long, default_value_t = 50)]
        slow: usize,
    },
    /// kill -9, a restart, and everybody comes back at once
    Storm {
        #[command(flatten)]
        common: Common,
        /// In all; on boards of at most 500
        #[arg(long, value_delimiter = ',', default_value = "300")]
        clients: Vec<usize>,
    },
    /// 50 people at work, and 20 connections that send a megabyte of garbage a second
    Garbage {
        #[command(flatten)]
        common: Common,
    },
    /// Six teams of 14, a fifth of whom type; a facilitator speaks to all every second, two watch the control room
    Workshop {
        #[command(flatten)]
        common: Common,
        #[arg(long, default_value_t = 1.0)]
        minutes: f64,
    },
    /// Every scenario but the faults, one after the other
    Compare {
        #[command(flatten)]
        common: Common,
    },
    /// Installs the servers that others have made
    Peers,
    /// A second of fan-out on bare and ours with all checks
    Smoke {
        #[command(flatten)]
        common: Common,
    },
    /// The server that forwards each frame and does nothing else
    Bare {
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: String,
        /// A file with a frame that everybody gets who comes, once it is there
        #[arg(long)]
        greeting: Option<PathBuf>,
    },
}

#[derive(Args, Clone)]
pub(crate) struct Common {
    /// bare, ours, ours-hocuspocus, ws://ADDRESS:PORT; several with commas
    #[arg(long, value_delimiter = ',', default_value = "bare,ours")]
    server: Vec<Kind>,
    /// How often each server is measured, in turns
    #[arg(long, default_value_t = 5)]
    runs: usize,
    #[arg(long, default_value_t = 8.0)]
    seconds: f64,
    /// Seconds before that, which are not counted
    #[arg(long, default_value_t = 2.0)]
    warm: f64,
    /// The program of this server
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/release/jalostamo"))]
    binary: PathBuf,
    /// Folder in which data folders are made: on the disk that is to be measured
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/load"))]
    data: PathBuf,
}

impl Common {
    /// Run 1 of every server, run 2 of every server, …: what disturbs the machine for a while disturbs all.
    async fn turns(
        &self,
        scenario: &str,
        run: impl AsyncFn(&Kind, &Place) -> Result<Figures, String>,
    ) -> Result<(), String> {
        let names: Vec<String> = self.server.iter().map(ToString::to_string).collect();
        let mut report = Report::new(scenario, &names);
        let place = Place { binary: self.binary.clone(), data: self.data.clone() };
        std::fs::create_dir_all(&place.data).map_err(|error| error.to_string())?;
        for _ in 0..self.runs {
            report.fdatasync(disk::fdatasync(&place.data)?);
            for (number, kind) in self.server.iter().enumerate() {
                report.add(number, run(kind, &place).await);
            }
        }
        println!("{}", report.table());
        if report.failed() { Err(format!("{scenario}: a run failed, see above")) } else { Ok(()) }
    }

    fn load(&self, boards: usize, clients: usize, writers: usize, rate: f64) -> Load {
        Load {
            boards,
            clients,
            writers: writers.min(clients),
            notes: 0,
            rate,
            group: 1,
            warm: self.warm,
            seconds: self.seconds,
        }
    }

    async fn fan_out(&self, scenario: &str, load: &Load) -> Result<(), String> {
        self.turns(scenario, async |kind, place| fan_out::run(kind, place, load).await).await
    }
}

impl Command {
    /// Does what is asked, and prints it.
    pub(crate) async fn obey(self) -> Result<(), String> {
        match self {
            Command::Bare { listen, greeting } => bare::run(&listen, greeting).await,
            Command::FanOut { common, clients, writers, rate } => {
                for clients in clients {
                    let load = common.load(1, clients, writers, rate);
                    common.fan_out(&format!("fan-out, {clients} clients"), &load).await?;
                }
                Ok(())
            }
            Command::Rooms { common, boards } => {
                let load = common.load(boards, 6, 6, 1.0);
                common.fan_out(&format!("{boards} rooms of 6"), &load).await
            }
            Command::Awareness { common, clients } => {
                for clients in clients {
                    let load = common.load(1, clients, clients, 20.0);
                    let scenario = format!("awareness, {clients} clients");
                    common.turns(&scenario, async |kind, place| awareness::run(kind, place, &load).await).await?;
                }
                Ok(())
            }
            Command::Max { common, rate } => {
                let load = Load { warm: 0.5, seconds: common.seconds.min(3.0), ..common.load(1, 100, 20, rate) };
                common
                    .turns("max, 100 clients, 20 writers", async |kind, place| max::run(kind, place, &load).await)
                    .await
            }
            Command::Idle { common, after } => {
                let after = Duration::from_secs(after);
                let held = Held { boards: 500, clients: 4, notes: 0, stay: Duration::ZERO, after };
                let run = async |kind: &Kind, place: &Place| idle::run(kind, place, &held).await;
                common.turns("2,000 idle connections, 500 boards", run).await?;
                let held = Held { boards: 100, clients: 1, notes: 100, stay: Duration::from_secs(65), after };
                let run = async |kind: &Kind, place: &Place| idle::run(kind, place, &held).await;
                common.turns("100 boards of 100 notes", run).await
            }
            Command::Join { common, moves, crowd } => {
                let load = common.load(1, crowd + 10, 10, 10.0);
                let run = async |kind: &Kind, place: &Place| join::run(kind, place, &load, moves).await;
                common.turns(&format!("join, 5,000 notes, {crowd} at once"), run).await
            }
            Command::Durable { common, rate } => {
                for rate in rate {
                    let load = common.load(1, 10, 10, rate / 10.0);
                    let run = async |kind: &Kind, place: &Place| durable::run(kind, place, &load).await;
                    common.turns(&format!("durable, {rate} edits/s"), run).await?;
                }
                Ok(())
            }
            Command::Size { common, notes } => {
                for notes in notes {
                    let load = Load { notes, ..common.load(1, 10, 10, 20.0) };
                    common.fan_out(&format!("an edit on a board of {notes} notes"), &load).await?;
                }
                Ok(())
            }
            Command::Slow { common, clients, slow } => {
                // A group of notes is dragged each time, or what waits would fit into the system's own buffers.
                let load = Load { group: 20, ..common.load(1, clients, 10, 10.0) };
                let run = async |kind: &Kind, place: &Place| slow::run(kind, place, &load, slow).await;
                common.turns(&format!("{slow} of {clients} stop reading"), run).await
            }
            Command::Storm { common, clients } => {
                for clients in clients {
                    let boards = clients.div_ceil(500);
                    let load = common.load(boards, clients / boards, 10, 10.0);
                    let run = async |kind: &Kind, place: &Place| storm::run(kind, place, &load).await;
                    common.turns(&format!("{clients} come back at once"), run).await?;
                }
                Ok(())
            }
            Command::Garbage { common } => {
                let load = common.load(1, 50 + garbage::CONNECTIONS, 10, 10.0);
                let run = async |kind: &Kind, place: &Place| garbage::run(kind, place, &load).await;
                common.turns("1 MB/s of garbage", run).await
            }
            Command::Workshop { common, minutes } => {
                let common = Common { server: vec![Kind::Ours { hocuspocus: true }], ..common };
                common.turns("a workshop, 84 people", async |_, place| workshop::run(place, minutes).await).await
            }
            Command::Compare { common } => {
                let again = || common.clone();
                for command in [
                    Command::FanOut { common: again(), clients: vec![10, 50, 100, 200], writers: 10, rate: 10.0 },
                    Command::Rooms { common: again(), boards: 200 },
                    Command::Awareness { common: again(), clients: vec![20, 50] },
                    Command::Join { common: again(), moves: MOVES, crowd: 50 },
                    Command::Max { common: again(), rate: 20.0 },
                    Command::Idle { common: again(), after: 30 },
                    Command::Size { common: again(), notes: vec![0, 10_000] },
                ] {
                    Box::pin(command.obey()).await?;
                }
                let durable = Common { server: common.server.iter().filter_map(Kind::durable).collect(), ..common };
                Box::pin(Command::Durable { common: durable, rate: vec![100.0, 1_000.0] }.obey()).await
            }
            Command::Peers => peers::install(),
            Command::Smoke { common } => {
                let common = Common { runs: 1, warm: 0.2, seconds: 1.0, ..common };
                common.fan_out("smoke", &common.load(1, 10, 10, 10.0)).await
            }
        }
    }
}
