//! What one fdatasync takes on a folder. Knows no servers.

use std::{fs::File, io::Write, path::Path, time::Instant};

/// The median of 200 times 4 KiB and fdatasync, in milliseconds.
pub(crate) fn fdatasync(folder: &Path) -> Result<f64, String> {
    let path = folder.join("fdatasync.probe");
    let measure = || {
        let mut file = File::create(&path)?;
        let mut times = Vec::new();
        for _ in 0..200 {
            file.write_all(&[7; 4096])?;
            let began = Instant::now();
            file.sync_data()?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        std::fs::remove_file(&path)?;
        times.sort_by(f64::total_cmp);
        Ok(times[times.len() / 2])
    };
    measure().map_err(|error: std::io::Error| format!("{}: {error}", path.display()))
}
