//! What an element is to the words in it: a block, a list, an item, bold.

use scraper::ElementRef;

use super::super::css;
use super::super::css::property;
use super::super::element::{has_class, heading_level, is_list, number, points, word_level};
use super::super::list::{List, Numeral, Sign};
use super::super::notes;
use super::{Around, Kind, NOTE, Walker};
use crate::import::manuscript::Marker;
use crate::import::text::words::{Face, Words};
use crate::read::markdown::is_safe_target;

impl Walker<'_> {
    pub(super) fn begin_block<'p>(&mut self, element: &ElementRef<'p>, around: &mut Around<'p>) {
        let name = element.value().name();
        let to_fill = has_class(element, "to-fill");
        around.heading = heading_level(name).or(around.heading.filter(|_| name != "li"));
        around.apart = heading_level(name).is_some() || matches!(name, "p" | "blockquote" | "pre");
        around.preformatted |= matches!(name, "pre" | "listing" | "xmp" | "plaintext");
        around.indent += property(element, "margin-left").map_or(0.0, points);
        around.level = property(element, "mso-list").and_then(word_level).or(around.level);
        around.style = match around.style {
            _ if has_class(element, "notes") || notes::is_note(element) => Some(NOTE),
            _ if has_class(element, "signature") => Some("signatory"),
            Some("signatory") if to_fill => Some("signature"),
            Some(kept @ (NOTE | "signatory")) => Some(kept),
            _ => element.attr("class").filter(|class| !class.trim().is_empty()),
        };
    }

    pub(super) fn begin_kind(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> Kind {
        match element.value().name() {
            "ul" | "ol" | "menu" | "dir" => {
                self.settle(around);
                let list = self.list(element);
                self.lists.push(list);
                Kind::List
            }
            "li" if element.parent().and_then(ElementRef::wrap).is_none_or(|parent| !is_list(&parent)) => {
                self.lists.push(List::new(Sign::Bullet));
                self.marker = Some(Marker::Bullet);
                Kind::List
            }
            "li" => {
                let marker = self.item(element);
                // The notes count themselves; the text refers to them by that.
                self.marker = match marker {
                    Some(Marker::Label(label)) if around.style == Some(NOTE) => {
                        Some(Marker::Label(format!("[{}]", label.trim_end_matches('.'))))
                    }
                    marker => marker,
                };
                Kind::Marked
            }
            name if heading_level(name).is_some() => Kind::Marked,
            _ if has_class(element, "clause")
                || property(element, "mso-list").is_some_and(|list| word_level(list).is_some()) =>
            {
                Kind::Marked
            }
            "button" | "select" | "option" | "optgroup" | "textarea" | "object" | "video" | "audio" => {
                self.words.space();
                Kind::Box
            }
            "q" => {
                self.words.push("“");
                Kind::Quote
            }
            _ => Kind::Other,
        }
    }

    pub(super) fn list(&self, element: &ElementRef<'_>) -> List {
        let ordered = element.value().name() == "ol";
        let asked = self.asked_sign(element);
        let sign = match asked {
            Some(Sign::None) if !ordered => Sign::Bullet,
            Some(sign) => sign,
            None if has_class(element, "labelled") && ordered => Sign::None,
            None if ordered => Sign::Number(Numeral::Decimal),
            None => Sign::Bullet,
        };
        let mut list = List::new(sign);
        if element.attr("reversed").is_some() {
            list.step = -1;
            let items = element.child_elements().filter(|item| item.value().name() == "li").count();
            list.next = i64::try_from(items).unwrap_or(i64::MAX);
        }
        list.next = number(element, "start").unwrap_or(list.next);
        let reset =
            property(element, "counter-reset").and_then(|reset| reset.split_ascii_whitespace().nth(1)?.parse().ok());
        list.count = reset.unwrap_or(0);
        list
    }

    /// What an element or the style sheet asks to have before its items.
    pub(super) fn asked_sign(&self, element: &ElementRef<'_>) -> Option<Sign> {
        let own = property(element, "list-style-type").or_else(|| property(element, "list-style"));
        let typed = || element.attr("type").and_then(Sign::of_type);
        own.and_then(Sign::of_style).or_else(|| self.sheet.sign(element)).or_else(typed)
    }

    pub(super) fn item(&mut self, element: &ElementRef<'_>) -> Option<Marker> {
        let asked = self.asked_sign(element);
        let list = self.lists.last_mut()?;
        list.advance(number(element, "value"));
        if let Some(parts) = self.sheet.label(element) {
            list.styled = true;
            self.styled = true;
            let label = Words::tidy(&css::label(parts, &self.lists));
            return (!label.is_empty()).then_some(Marker::Label(label));
        }
        let ordered = list.sign != Sign::Bullet;
        match asked.unwrap_or(list.sign) {
            Sign::None if ordered => None,
            Sign::None | Sign::Bullet => Some(Marker::Bullet),
            Sign::Number(numeral) => Some(Marker::Label(format!("{}.", numeral.write(list.number)))),
        }
    }

    pub(super) fn open_faces(&mut self, element: &ElementRef<'_>) -> usize {
        let name = element.value().name();
        let mut faces = 0;
        let weight = property(element, "font-weight").unwrap_or_default();
        let bold = matches!(weight, "bold" | "bolder") || weight.parse().is_ok_and(|weight: u32| weight >= 600);
        if bold || matches!(name, "strong" | "b") {
            self.words.open(Face::Strong);
            faces += 1;
        }
        if matches!(name, "em" | "i") || property(element, "font-style") == Some("italic") {
            self.words.open(Face::Emphasis);
            faces += 1;
        }
        if name == "a"
            && let Some(url) = element.attr("href").map(str::trim)
        {
            if is_safe_target(url) {
                self.words.open_link(url);
                faces += 1;
            } else if !url.is_empty() && url != "#" {
                self.dropped_links += 1;
            }
        }
        faces
    }
}
