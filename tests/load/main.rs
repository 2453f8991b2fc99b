//! The load generator: drives this server, others and a bare one, measures them alike, and looks whether anything is lost.
//!
//! `cargo run --release --example load -- fan-out --server bare,ours --runs 5`; see docs/performance.md.
//! Knows no part of the server from inside but the format of its data folder, where it puts boards and people.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a program for tests")]

mod board;
mod client;
mod clock;
mod command;
mod disk;
mod frames;
mod framing;
mod histogram;
mod http;
mod line;
mod process;
mod ranges;
mod report;
mod room;
mod run;
mod scenario;
mod servers;
mod workshop;
mod writers;

use std::process::ExitCode;

use clap::Parser;
use tokio::task::LocalSet;

use crate::command::Command;

#[derive(Parser)]
#[command(about = "Drives servers with real edits, measures them alike, and looks whether anything is lost")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if !matches!(cli.command, Command::Bare { .. }) {
        pin();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ended = match runtime {
        Ok(runtime) => LocalSet::new().block_on(&runtime, cli.command.obey()),
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
