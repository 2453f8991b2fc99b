//! What can be asked of the generator, and the turns in which servers take their runs. Knows no scenario from inside.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};

use crate::{
    disk,
    report::{Figures, Report},
    scenario::{
        awareness,
        fan_out::{self, Load},
        idle::{self, Held},
        max,
    },
    servers::{Kind, Place, bare},
};

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
    /// A second of fan-out on bare and ours with all checks
    Smoke {
        #[command(flatten)]
        common: Common,
    },
    /// The server that forwards each frame and does nothing else
    Bare {
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: String,
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
        Load { boards, clients, writers: writers.min(clients), rate, warm: self.warm, seconds: self.seconds }
    }

    async fn fan_out(&self, scenario: &str, load: &Load) -> Result<(), String> {
        self.turns(scenario, async |kind, place| fan_out::run(kind, place, load).await).await
    }
}

impl Command {
    /// Does what is asked, and prints it.
    pub(crate) async fn obey(self) -> Result<(), String> {
        match self {
            Command::Bare { listen } => bare::run(&listen).await,
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
            Command::Smoke { common } => {
                let common = Common { runs: 1, warm: 0.2, seconds: 1.0, ..common };
                common.fan_out("smoke", &common.load(1, 10, 10, 10.0)).await
            }
        }
    }
}
