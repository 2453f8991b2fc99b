//! The load generator: drives this server, others and a bare one, measures them alike, and looks whether anything is lost.
//!
//! `cargo run --release --example load -- fan-out --server bare,ours --runs 5`; see docs/performance.md.
//! Knows no part of the server from inside but the format of its data folder, where it puts boards and people.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a program for tests")]

mod board;
mod client;
mod clock;
mod disk;
mod frames;
mod framing;
mod histogram;
mod line;
mod process;
mod ranges;
mod report;
mod room;
mod run;
mod scenario;
mod servers;
mod writers;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use tokio::task::LocalSet;

use crate::{
    report::Report,
    scenario::fan_out::{self, Load},
    servers::{Kind, Place, bare},
};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// One board; ten people move notes ten times a second
    FanOut {
        #[command(flatten)]
        common: Common,
        /// People on the board; several with commas
        #[arg(long, value_delimiter = ',', default_value = "50")]
        clients: Vec<usize>,
        #[arg(long, default_value_t = 10)]
        writers: usize,
        /// Edits a second of each writer
        #[arg(long, default_value_t = 10.0)]
        rate: f64,
    },
    /// A second of fan-out on bare and ours with all its checks
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
struct Common {
    /// bare, ours, ours-hocuspocus, ws://ADDRESS:PORT; several with commas
    #[arg(long, value_delimiter = ',', default_value = "bare,ours")]
    server: Vec<Kind>,
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
    fn place(&self) -> Place {
        Place { binary: self.binary.clone(), data: self.data.clone() }
    }

    /// Run 1 of every server, run 2 of every server, …: what disturbs the machine for a while disturbs all.
    async fn turns(
        &self,
        scenario: &str,
        run: impl AsyncFn(&Kind, &Place) -> Result<report::Figures, String>,
    ) -> Result<(), String> {
        let names: Vec<String> = self.server.iter().map(ToString::to_string).collect();
        let mut report = Report::new(scenario, &names);
        let place = self.place();
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
}

async fn obey(command: Command) -> Result<(), String> {
    match command {
        Command::Bare { listen } => bare::run(&listen).await,
        Command::FanOut { common, clients, writers, rate } => {
            for clients in clients {
                let (warm, seconds) = (common.warm, common.seconds);
                let load = Load { clients, writers: writers.min(clients), rate, warm, seconds };
                common
                    .turns(&format!("fan-out, {clients} clients"), async |kind, place| {
                        fan_out::run(kind, place, &load).await
                    })
                    .await?;
            }
            Ok(())
        }
        Command::Smoke { common } => {
            let load = Load { clients: 10, writers: 10, rate: 10.0, warm: 0.2, seconds: 1.0 };
            let common = Common { runs: 1, ..common };
            common.turns("smoke", async |kind, place| fan_out::run(kind, place, &load).await).await
        }
    }
}

/// Runs this program again on the generator's core. Only comes back where that cannot be done.
fn pin() {
    use std::os::unix::process::CommandExt as _;
    if std::env::var_os(process::PINNED).is_some() {
        return;
    }
    let Ok(own) = std::env::current_exe() else { return };
    let mut command = process::on_core(process::GENERATOR_CORE, &own);
    let error = command.args(std::env::args_os().skip(1)).env(process::PINNED, "1").exec();
    eprintln!("not on a core of its own: {error}");
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if !matches!(cli.command, Command::Bare { .. }) {
        pin();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ended = match runtime {
        Ok(runtime) => LocalSet::new().block_on(&runtime, obey(cli.command)),
        Err(error) => Err(error.to_string()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
