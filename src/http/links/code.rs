//! A QR code as one path, drawn without any style attribute.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::error::Failure;

/// Modules of empty space on each side (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// What stands in the `<svg>` element.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Side of the square, in modules.
    pub(super) side: usize,
    pub(super) path: String,
}

pub(super) fn draw(text: &str) -> Result<Drawing, Failure> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| Failure::Unexpected("a link is too long for a QR code"))?;
    let width = code.width();
    let mut path = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (index % width + QUIET_ZONE, index / width + QUIET_ZONE);
            write!(path, "M{x} {y}h1v1h-1z").map_err(|_| Failure::Unexpected("a QR code could not be written"))?;
        }
    }
    Ok(Drawing {
        side: width + 2 * QUIET_ZONE,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_its_finder_pattern_inside_the_quiet_zone() {
        let drawing = draw("https://beratung.example/i#kx7Qm2kx7Qm2kx7Qm2kx7Qm2kx7Qm2kx7Qm2kx7Qm2k").unwrap();
        assert!(drawing.path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"));
        assert_eq!((drawing.side - 8) % 4, 1);
    }
}
