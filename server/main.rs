//! The program. Knows only the command line.

fn main() -> std::process::ExitCode {
    jalostamo::cli::run()
}
