//! The matrix as a web page: all that the table says is on it, every link leads somewhere, and nobody's words are markup.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

#[macro_use]
mod support;

use std::collections::BTreeSet;

use engross::compare::{Op, Relation};
use engross::document::{self, MatrixCell, MatrixTable};
use engross::matrix::{Standing, matrix};
use engross::model::Edition;
use engross::render::matrix as render;
use scraper::{ElementRef, Html, Selector};
use support::command::succeeds;
use tempfile::TempDir;

/// A page, read by a parser that is not ours, with the table it was made of.
struct Page {
    table: MatrixTable,
    bytes: Vec<u8>,
    html: Html,
}

fn page_of(editions: &[&Edition], model: Option<usize>) -> Page {
    let table = document::matrix(&matrix(editions, model));
    let bytes = render::to_html(&table, support::templates()).expect("rendered");
    // As where no script runs: the parser would take what stands in <noscript> for words.
    let page = std::str::from_utf8(&bytes).expect("UTF-8");
    assert_eq!(page.matches("<noscript").count(), page.matches("</noscript").count());
    let html = Html::parse_document(&page.replace("<noscript>", "").replace("</noscript>", ""));
    Page { table, bytes, html }
}

/// The five councils' documents.
fn five(model: Option<usize>) -> Page {
    let workspace = support::workspace();
    let editions: Vec<&Edition> = workspace.editions().collect();
    assert_eq!(editions.len(), 5);
    page_of(&editions, model)
}

/// Documents of no council with these clauses, under these titles.
fn made(documents: &[(&str, &[&str])]) -> Page {
    let edition = |(title, clauses): &(&str, &[&str])| {
        let mut source =
            format!("title = {title:?}\nstatus = \"draft\"\n[[section]]\nnumber = \"1.\"\nheading = {title:?}\n");
        for (at, text) in clauses.iter().enumerate() {
            source.push_str(&format!("[[section.clause]]\nnumber = \"1.{}\"\ntext = {text:?}\n", at + 1));
        }
        support::edition(&source)
    };
    let editions: Vec<Edition> = documents.iter().map(edition).collect();
    page_of(&editions.iter().collect::<Vec<_>>(), None)
}

fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// The words of an element, one space between them.
fn text(element: ElementRef<'_>) -> String {
    spaced(&element.text().collect::<String>())
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        within(self.html.root_element(), selector)
    }

    /// What stands below a row and unfolds.
    fn unfolds(&self, row: usize) -> ElementRef<'_> {
        let line = self.all(&format!("#row-{row}"))[0];
        line.next_siblings().filter_map(ElementRef::wrap).next().expect("a line that unfolds")
    }
}

/// What a cell must say, put together anew.
fn cell_says(cell: Option<&MatrixCell>) -> String {
    let Some(cell) = cell else { return "absent".to_owned() };
    let mut parts: Vec<(Vec<String>, String)> = Vec::new();
    for member in &cell.members {
        let relation = match member.relation {
            _ if member.is_base => "row’s wording",
            Relation::Same => "same",
            Relation::Equivalent => "equivalent",
            Relation::Partial => "partial",
        };
        let standing = match member.standing {
            _ if member.also => "",
            Standing::Stronger => " stronger",
            Standing::Weaker => " weaker",
            Standing::Usual => "",
        };
        let number = if member.also { format!("({})", member.number) } else { member.number.clone() };
        let said = format!("{relation}{standing}");
        // Of each number what is to be said of it; of those of which the same is, once.
        match parts.iter_mut().find(|(_, other)| *other == said) {
            Some((numbers, _)) => numbers.push(number),
            None => parts.push((vec![number], said)),
        }
    }
    let said = parts.into_iter().map(|(numbers, said)| format!("{} {said}", numbers.join(", ")));
    said.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_row_stands_under_its_topic_and_each_cell_in_its_column() {
    for page in [five(None), five(Some(1))] {
        let heads: Vec<String> = page.all(".matrix > thead th").into_iter().map(text).collect();
        assert_eq!(heads.len(), page.table.columns.len() + 1);
        for (at, column) in page.table.columns.iter().enumerate() {
            let model = if page.table.model == Some(at) { " model" } else { "" };
            let caution = if column.council.starts_with("Thanet") { " proposed, not adopted" } else { "" };
            assert_eq!(heads[at + 1], format!("{}{model}{caution}", column.name));
        }
        let bodies = page.all(".matrix > tbody");
        assert_eq!(bodies.len(), page.table.topics.len());
        for (body, topic) in bodies.iter().zip(&page.table.topics) {
            assert_eq!(text(within(*body, ".topic")[0]), spaced(topic.heading.as_deref().expect("a heading")));
            let rows = within(*body, ".family");
            assert_eq!(rows.len(), topic.rows.len());
            for (line, row) in rows.iter().zip(&topic.rows) {
                assert_eq!(line.attr("id"), Some(&*format!("row-{}", row.id)));
                let head = [row.id.to_string(), row.lead_in.clone().unwrap_or_default(), row.name.clone()].join(" ");
                assert_eq!(text(within(*line, "th[scope=row]")[0]), spaced(&head));
                let cells: Vec<String> = within(*line, "td").into_iter().map(text).collect();
                let wanted: Vec<String> = row.cells.iter().map(|cell| cell_says(cell.as_ref())).collect();
                assert_eq!(cells, wanted, "row {}", row.id);
            }
        }
        // All that a cell can say is said somewhere, so that the loop above has seen it.
        let all: String = page.all(".family td").into_iter().map(text).collect();
        for word in ["row’s wording", "same", "equivalent", "partial", "absent", "stronger", "weaker"] {
            assert!(all.contains(word), "no cell says {word}");
        }
    }
}

#[test]
fn a_row_unfolds_to_all_wordings_each_marked_from_the_base_and_unchanged_without_the_marks() {
    let page = five(None);
    for row in page.table.rows() {
        let unfolds = page.unfolds(row.id);
        let mut left: BTreeSet<(usize, String, String)> = BTreeSet::new();
        for (column, cell) in row.cells.iter().enumerate() {
            for member in cell.iter().flat_map(|cell| &cell.members) {
                let number = if member.also { format!("({})", member.number) } else { member.number.clone() };
                left.insert((column, number, member.text.clone()));
            }
        }
        for wording in within(unfolds, ".wording") {
            let marked = within(wording, ".marked")[0];
            let without = |mark: &str| -> String {
                let parts = marked.children().filter(|part| part.value().as_element().is_none_or(|e| e.name() != mark));
                parts
                    .flat_map(|part| part.descendants())
                    .filter_map(|node| Some(node.value().as_text()?.to_string()))
                    .collect()
            };
            let is_base = !within(wording, ".is-base").is_empty();
            assert!(is_base || without("ins") == row.name, "row {}: the marks lead back to the base", row.id);
            for holder in within(wording, ".holder") {
                let column: usize = holder.attr("data-council").expect("a column").parse().expect("a number");
                assert_eq!(text(within(holder, ".name")[0]), page.table.columns[column].name);
                let held = (column, text(within(holder, ".number")[0]), without("del"));
                assert!(left.remove(&held), "row {}: nobody says {held:?}, or it is told twice", row.id);
            }
        }
        assert!(left.is_empty(), "row {}: left out is {left:?}", row.id);
        let absent: Vec<&str> =
            (0..5).filter(|at| row.cells[*at].is_none()).map(|at| &*page.table.columns[at].council).collect();
        let told: Vec<String> = within(unfolds, ".absent-from").into_iter().map(text).collect();
        assert_eq!(
            told.join(""),
            if absent.is_empty() { String::new() } else { format!("Absent from {}.", absent.join(", ")) }
        );
    }
    // There was something to mark.
    let deleted = |table: &MatrixTable| {
        let members = table.rows().flat_map(|row| row.cells.iter().flatten()).flat_map(|cell| &cell.members);
        members.flat_map(|member| &member.words).filter(|words| words.op == Op::Delete).count()
    };
    assert!(page.all(".wording del").len() > 50 && page.all(".wording del").len() <= deleted(&page.table));
}

#[test]
fn the_same_words_are_shown_once_with_all_who_have_them() {
    let words = "Councillors must treat officers with respect and courtesy at all times.";
    let page = made(&[("One", &[words]), ("Two", &[words]), ("Three", &[&words.replace("must", "should")])]);
    let wordings = page.all(".wording");
    assert_eq!(wordings.len(), 2);
    assert_eq!(text(within(wordings[0], ".who")[0]), "row’s wording One 1.1 (row’s wording) Two 1.1");
    let who = text(within(wordings[1], ".who")[0]);
    assert!(who.ends_with("weaker Three 1.1"), "{who}");
    assert_eq!(text(within(wordings[1], "del")[0]), "must");
    assert_eq!(text(within(wordings[1], "ins")[0]), "should");
    assert!(text(within(wordings[1], ".evidence")[0]).contains("“should” instead of “must”"));
}

#[test]
fn what_a_council_lacks_and_has_leads_to_the_rows() {
    for page in [five(None), five(Some(4))] {
        let councils = page.all(".of-council");
        assert_eq!(councils.len(), page.table.columns.len());
        for (part, column) in councils.iter().zip(&page.table.columns) {
            let caution = column.caution.as_ref().map(|caution| format!(" {caution};")).unwrap_or_default();
            let head = format!("{}{caution} {} provisions;", column.council, column.provisions);
            assert!(text(*part).starts_with(&head), "{head}");
            let lists = [
                ("lacks", &column.lacks),
                ("only", &column.only),
                ("stronger", &column.stronger),
                ("weaker", &column.weaker),
            ];
            // The model is not measured against itself.
            let is_model = page.table.columns.iter().position(|other| other == column) == page.table.model;
            assert_eq!(within(*part, "h4").len(), if is_model { 1 } else { 4 });
            for (name, rows) in lists {
                let links = within(*part, &format!("[data-list={name}] a"));
                let targets: Vec<String> =
                    links.iter().map(|link| link.attr("href").expect("a target").to_owned()).collect();
                assert_eq!(targets, rows.iter().map(|row| format!("#row-{row}")).collect::<Vec<_>>(), "{name}");
            }
        }
    }
}

#[test]
fn links_lead_somewhere_and_names_are_given_once() {
    let page = five(None);
    let ids: Vec<&str> = page.all("[id]").iter().filter_map(|element| element.attr("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let links: Vec<&str> = page.all("a[href]").iter().filter_map(|link| link.attr("href")).collect();
    assert!(links.len() > page.table.topics.len());
    assert!(links.iter().all(|link| link.strip_prefix('#').is_some_and(|id| ids.contains(&id))), "{links:?}");
    for label in page.all("label[for]") {
        assert!(ids.contains(&label.attr("for").expect("a name")));
    }
}

#[test]
fn nobody_s_words_are_markup() {
    let hostile = r#"\<script>alert(1)\</script> "> \<b onload=x>\</style> {{ matrix }} {% raw %} & ' all officers"#;
    let title = r#"</title></style></script><img src=x onerror=alert(1)>"{{ 7 }}'"#;
    let other = hostile.replace("all", "most");
    let page = made(&[(title, &[hostile, "Another."]), ("Two", &[&other]), ("Three", &[hostile])]);
    assert_eq!(page.all("script").len(), 1, "the page's own");
    assert_eq!(page.all("style").len(), 1);
    assert_eq!(page.all("img, svg, b, [onerror], [onload], iframe, object, base, link").len(), 0);
    assert_eq!(page.all("main").len(), 1);
    let main = text(page.all("main")[0]);
    assert!(main.contains("<script>alert(1)</script>") && main.contains("{{ matrix }} {% raw %} & '"), "{main}");
    assert!(main.contains(title), "{main}");
}

#[test]
fn the_page_asks_for_nothing_and_says_so() {
    let page = five(None);
    let policy = page.all("meta[http-equiv='Content-Security-Policy']")[0].attr("content").expect("a policy");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert_eq!(page.all("[src], [srcset], [action], link, a[href^='http']").len(), 0);
    let html = String::from_utf8_lossy(&page.bytes);
    assert!(!html.contains("@import") && html.matches("url(").count() == html.matches("url(#").count());
}

#[test]
fn without_its_script_nothing_is_hidden_but_what_needs_it() {
    let page = five(None);
    let hidden = page.all("[hidden]");
    assert_eq!(hidden.len(), 1);
    assert_eq!(hidden[0].attr("data-needs-script"), Some(""));
    assert_eq!(page.all(".unfold > td > details > summary").len(), page.table.rows().count());
}

#[test]
fn it_comes_out_the_same_every_time() {
    assert!(five(None).bytes == five(None).bytes);
}

#[test]
fn two_versions_of_one_council_and_documents_of_none_are_told_apart() {
    let clause: &[&str] = &["Officers must answer within five days."];
    let page = made(&[("Red", clause), ("Blue", clause), ("Red", clause)]);
    let heads: Vec<String> = page.all(".matrix > thead th").into_iter().map(text).collect();
    assert_eq!(heads[1..], ["Red (1)", "Blue", "Red (3)"].map(|name| format!("{name} draft, not adopted")));
    let workspace = support::workspace();
    let [edition, other] = [0, 1].map(|at| workspace.editions().nth(at).expect("a document"));
    let second = Edition { address: other.address.clone(), ..edition.clone() };
    let page = page_of(&[edition, &second], None);
    let heads: Vec<String> = page.all(".matrix > thead th").into_iter().map(text).collect();
    let council = edition.council_name().expect("a name");
    let named = |edition: &Edition| format!("{council} ({})", edition.address.as_ref().expect("an address"));
    assert_eq!(heads[1..], [named(edition), named(&second)]);
}

#[test]
fn a_workspace_may_have_its_own_page() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    std::fs::create_dir_all(here.join("templates/html")).expect("a folder");
    for council in ["one", "two"] {
        let document = here.join("protocols").join(council).join("fees");
        std::fs::create_dir_all(&document).expect("a folder");
        std::fs::write(
            here.join("protocols").join(council).join("council.toml"),
            format!("name = \"{council}\"\nkind = \"parish\"\n"),
        )
        .expect("written");
        let source = "title = \"Fees\"\nstatus = \"draft\"\n[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Fees are due.\"\n";
        std::fs::write(document.join("proposed.toml"), source).expect("written");
    }
    std::fs::write(here.join("templates/html/matrix.html"), "{{ matrix.title }}: {% include \"html/matrix.js\" %}")
        .expect("written");
    std::fs::write(here.join("templates/html/matrix.js"), "mine").expect("written");
    succeeds(here, &["matrix", "--format", "html", "-o", "matrix.html"]);
    assert_eq!(std::fs::read_to_string(here.join("matrix.html")).expect("the page").trim(), "Fees: mine");
}
