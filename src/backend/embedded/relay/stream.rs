//! TURN over one TCP or TLS connection (RFC 8656 §12.5): frames are cut out of the stream and padded on the way back.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::mpsc;
use tokio::time;

use super::super::clock;
use super::super::connection::Connection;
use super::path::Path;
use super::sockets::{Inlet, PACKET, Relay};

/// Packets waiting for a slow connection, about one second of a call.
const QUEUE: usize = 256;
/// One write takes up to this many bytes of queued packets.
const BATCH: usize = 16 * 1024;
/// A connection that has no allocation after this time, or is silent without one, is closed.
const PATIENCE: Duration = Duration::from_secs(30);

impl Relay {
    /// Serves one connection; when this returns, its allocation is gone.
    pub async fn serve(&self, remote: SocketAddr, connection: Connection) {
        let Ok(_place) = self.0.places.clone().try_acquire_owned() else {
            return;
        };
        let Inlet { path, queue, cut } = self.open_stream(remote, QUEUE);
        let (reading, writing) = tokio::io::split(connection);
        tokio::select! {
            biased;
            _cut = cut => {}
            _ended = self.read(path, reading) => {}
            _ended = write(queue, writing) => {}
        }
        self.close_stream(&path);
    }

    async fn read(&self, path: Path, mut reading: ReadHalf<Connection>) -> io::Result<()> {
        let opened = clock::instant();
        let mut allocated = false;
        let mut buffer = vec![0; 8 * PACKET];
        let mut filled = 0;
        loop {
            let room = buffer.get_mut(filled..).unwrap_or_default();
            match time::timeout(PATIENCE, reading.read(room)).await {
                Ok(Ok(0)) => return Ok(()),
                Ok(Ok(count)) => filled += count,
                Ok(Err(broken)) => return Err(broken),
                Err(_silent) if self.allocated(&path) => {}
                Err(_silent) => return Ok(()),
            }
            let taken = self.take_frames(path, buffer.get_mut(..filled).unwrap_or_default())?;
            buffer.copy_within(taken..filled, 0);
            filled -= taken;
            allocated = allocated || self.allocated(&path);
            if !allocated && clock::instant().duration_since(opened) > PATIENCE {
                return Ok(());
            }
        }
    }

    /// Handles all whole frames and says how many bytes they were.
    fn take_frames(&self, path: Path, bytes: &mut [u8]) -> io::Result<usize> {
        let mut taken = 0;
        while let Some(length) = frame_length(bytes.get(taken..).unwrap_or_default())? {
            let Some(frame) = bytes.get_mut(taken..taken + length) else {
                break;
            };
            self.take(path, frame);
            taken += length;
        }
        Ok(taken)
    }
}

/// Length of the first frame with its padding; `None` until its header is there.
fn frame_length(bytes: &[u8]) -> io::Result<Option<usize>> {
    let &[first, _, high, low, ..] = bytes else {
        return Ok(None);
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    let frame = match first {
        0x00..=0x03 => 20 + length,
        0x40..=0x4f => 4 + length.next_multiple_of(4),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    if frame > PACKET {
        Err(io::ErrorKind::InvalidData.into())
    } else {
        Ok(Some(frame))
    }
}

/// Writes the queue until the other side ends it.
async fn write(mut queue: mpsc::Receiver<Vec<u8>>, mut writing: WriteHalf<Connection>) -> io::Result<()> {
    let mut batch = Vec::with_capacity(BATCH);
    while let Some(packet) = queue.recv().await {
        append(&mut batch, &packet);
        while batch.len() < BATCH - PACKET {
            let Ok(packet) = queue.try_recv() else { break };
            append(&mut batch, &packet);
        }
        time::timeout(PATIENCE, async {
            writing.write_all(&batch).await?;
            writing.flush().await
        })
        .await??;
        batch.clear();
    }
    writing.shutdown().await
}

fn append(batch: &mut Vec<u8>, packet: &[u8]) {
    batch.extend_from_slice(packet);
    batch.resize(batch.len().next_multiple_of(4), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_cut_at_its_padded_length() {
        assert_eq!(frame_length(&[0x40, 0, 0]).unwrap(), None);
        assert_eq!(frame_length(&[0x40, 0, 0, 5]).unwrap(), Some(12));
        assert_eq!(frame_length(&[0, 1, 0, 8]).unwrap(), Some(28));
    }

    #[test]
    fn what_is_no_relay_frame_ends_the_connection() {
        assert!(frame_length(b"GET ").is_err());
        assert!(frame_length(&[0x40, 0, 0xff, 0xff]).is_err());
    }
}
