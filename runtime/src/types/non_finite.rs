//! The names of NaN and the infinities, shared by all text-based protocols.

/// Returns the name of a NaN or an infinity.
pub(crate) fn name(number: f64) -> &'static str {
    if number.is_nan() {
        "NaN"
    } else if number > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}

/// Parses the name of a NaN or an infinity.
pub(crate) fn value(name: &str) -> Option<f64> {
    match name {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}
