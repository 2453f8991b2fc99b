//! The program: the server, and the commands beside it. Knows no parts but their doors.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use jalostamo::{
    Running, StartError,
    access::invite,
    clock,
    config::{Config, LogFormat},
    crash_point,
    error::StoreError,
    serve,
    store::{self, SqliteStore},
};
use tokio::{
    runtime::{Builder, Runtime},
    signal,
};
use tracing_subscriber::EnvFilter;

/// Gives memory back to the system after a workshop, and takes less time than the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A room's document is walked by recursive code; this is far more than it needs.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// A real-time collaborative workshop board.
///
/// Without a command it serves: it prints an owner link on stdout, logs on stderr, and stops in order on SIGTERM
/// or Ctrl-C. Every flag can be given in the environment instead.
#[derive(Parser)]
#[command(name = "jalostamo", version)]
struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Print a bearer token with which a program can do everything over HTTP; the server may run
    OwnerToken,
    /// Make a data folder (--data) of a backup; the folder must be empty
    Restore {
        /// The backup; it stays as it is
        file: PathBuf,
    },
    /// Copy the database, as of one moment, to a new file; the server may run
    Backup {
        /// The file to make; it must not be there yet
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let Cli { config, command } = Cli::parse();
    let done = match command {
        None => run_server(config),
        Some(Command::OwnerToken) => owner_token(&config),
        Some(Command::Restore { file }) => restore(&config, &file),
        Some(Command::Backup { file }) => backup(&config, &file),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            let _ = writeln!(io::stderr(), "jalostamo: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The error of a command: one sentence.
type Done = Result<(), String>;

fn runtime() -> Result<Runtime, String> {
    let mut builder = Builder::new_multi_thread();
    builder.thread_stack_size(STACK_BYTES).enable_all();
    builder.build().map_err(|error| format!("The program could not start its threads: {error}."))
}

fn say(line: impl Display) {
    // Whoever started the program may have closed its output; the server runs on.
    let _ = writeln!(io::stdout(), "{line}");
    let _ = io::stdout().flush();
}

fn run_server(config: Config) -> Done {
    start_logging(&config)?;
    if let Some(at) = &config.crash_at {
        tracing::warn!(%at, "this server will die there, for a proof");
        crash_point::arm(at.clone());
    }
    runtime()?.block_on(async {
        // Before the first word: whoever reads the greeting may ask for the stop at once.
        let mut signals = StopSignals::listen().map_err(|error| format!("Cannot wait for signals: {error}."))?;
        let running = tokio::select! {
            running = serve(config) => running.map_err(|error| error.to_string())?,
            () = signals.next() => return Ok(()),
        };
        greet(&running);
        signals.next().await;
        tracing::info!("stopping");
        tokio::select! {
            () = running.stop() => Ok(()),
            () = signals.next() => Err("Stopped at once, by a second signal.".to_owned()),
        }
    })
}

fn greet(running: &Running) {
    tracing::info!(address = %running.address, "listening");
    if let Some(address) = running.metrics_address {
        tracing::info!(%address, "metrics");
    }
    say(format_args!("Jalostamo serves {}", running.public_origin()));
    say("Open this link to become the owner; it works for 24 hours, and until the next start:");
    say(format_args!("Owner link: {}", running.owner_link));
}

/// SIGTERM and Ctrl-C, caught from the moment this is made.
struct StopSignals {
    #[cfg(unix)]
    terminate: signal::unix::Signal,
    #[cfg(unix)]
    interrupt: signal::unix::Signal,
}

impl StopSignals {
    #[cfg(unix)]
    fn listen() -> io::Result<Self> {
        use signal::unix::{SignalKind, signal};
        Ok(StopSignals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    #[cfg(not(unix))]
    fn listen() -> io::Result<Self> {
        Ok(StopSignals {})
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = signal::ctrl_c().await;
    }
}

fn start_logging(config: &Config) -> Done {
    let mut filter = EnvFilter::try_new(&config.log)
        .map_err(|error| format!("--log does not hold a filter such as info or warn,jalostamo=debug: {error}."))?;
    // The socket library logs whole frames: tokens and texts, which no setting may bring into a log.
    for quiet in ["tungstenite=info", "tungstenite::protocol=info", "tungstenite::protocol::frame=info"] {
        filter = filter.add_directive(quiet.parse().map_err(|error| format!("Cannot start logging: {error}."))?);
    }
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let lines = lines.with_ansi(io::stderr().is_terminal());
    let started = match config.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    started.map_err(|error| format!("Cannot start logging: {error}."))
}

fn owner_token(config: &Config) -> Done {
    runtime()?.block_on(async {
        let opened = match SqliteStore::attach(&config.data) {
            // Before the first start there is nothing beside which to open.
            Err(StoreError::NotFound) => SqliteStore::open(&config.data),
            opened => opened,
        };
        let store = opened.map_err(|error| StartError::store(config, error).to_string())?;
        let made = invite::owner_token(&store).await;
        store.close().await;
        let secret = made.map_err(|error| StartError::make(config, error).to_string())?;
        say(secret.expose());
        Ok(())
    })
}

fn backup(config: &Config, file: &std::path::Path) -> Done {
    store::backup(&config.data, file).map_err(|error| match error {
        StoreError::NotFound => format!("There is no database in {}.", config.data.display()),
        StoreError::Exists => format!("{} is there already; choose a new name.", file.display()),
        StoreError::ReadOnly(why) => format!("The backup cannot be written ({why})."),
        StoreError::Full => "There is no room for the backup on its disk.".to_owned(),
        error => format!("The backup failed: {error}."),
    })
}

fn restore(config: &Config, file: &std::path::Path) -> Done {
    let data = config.data.display();
    let boards = store::restore(file, &config.data, clock::now_ms()).map_err(|error| match error {
        StoreError::NotFound => format!("There is no file {}.", file.display()),
        StoreError::Exists => format!("Something is in {data}; give an empty folder with --data."),
        StoreError::InUse => {
            format!("A Jalostamo server is using the folder {data}; stop it, and give an empty folder.")
        }
        StoreError::ReadOnly(why) => format!("The folder of the data cannot be written ({why})."),
        StoreError::Full => format!("There is no room for the data in {data}."),
        error => format!("{} cannot be restored: {error}.", file.display()),
    })?;
    say(format_args!("Restored into {data}; boards: {boards}. Browsers load each of them anew."));
    Ok(())
}
