//! Raised and lowered figures as signs of their own: a raised 2 after 10 does not make 102.

/// Raised figures after a figure; none where they do not stand so, as the mark of a note behind a word.
pub(in crate::import) fn raised(before: Option<char>, figures: &str) -> Option<String> {
    before.filter(|before| before.is_numeric())?;
    signs(figures, ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
}

/// Lowered figures after the stroke of a fraction.
pub(in crate::import) fn lowered(before: Option<char>, figures: &str) -> Option<String> {
    before.filter(|before| "/⁄".contains(*before))?;
    signs(figures, ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'])
}

fn signs(figures: &str, signs: [char; 10]) -> Option<String> {
    let sign = |figure: char| signs.get(figure.to_digit(10)? as usize).copied();
    figures.chars().map(sign).collect::<Option<String>>().filter(|signs| !signs.is_empty())
}
