//! Raised and lowered figures as signs of their own: a raised 2 after 10 does not make 102, nor the mark of a note after £50. the sum
//! of £50.2, nor one behind a word a word with a figure.

/// Raised figures right behind others or behind words; none where nothing stands before them, as the mark before a note.
pub(in crate::import) fn raised(before: &str, figures: &str) -> Option<String> {
    let behind = before.chars().next_back().is_some_and(|last| !last.is_whitespace() && !"([{“‘/⁄".contains(last));
    behind.then_some(())?;
    signs(figures, ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
}

/// Lowered figures after the stroke of a fraction.
pub(in crate::import) fn lowered(before: &str, figures: &str) -> Option<String> {
    before.ends_with(['/', '⁄']).then_some(())?;
    signs(figures, ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'])
}

fn signs(figures: &str, signs: [char; 10]) -> Option<String> {
    let sign = |figure: char| signs.get(figure.to_digit(10)? as usize).copied();
    figures.chars().map(sign).collect::<Option<String>>().filter(|signs| !signs.is_empty())
}
