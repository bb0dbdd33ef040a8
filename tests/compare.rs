//! What a comparison says, beside the suites for versions and for strength.

#![allow(clippy::disallowed_methods, reason = "tests read the manual")]

mod support;

use engross::compare::{Change, Kind, Op, PASSES, Strength, compare, redline};
use engross::model::Edition;
use proptest::prelude::*;
use support::edition;

/// A document with one section of such clauses: `id = "x": words` gives one an id, ` ‖ ` parts clauses.
fn document(council: &str, clauses: &str) -> Edition {
    let clause = |(nth, words): (usize, &str)| {
        let (id, words) = match words.strip_prefix("id = \"").and_then(|rest| rest.split_once("\": ")) {
            Some((id, words)) => (format!("id = {id:?}\n"), words),
            None => (String::new(), words),
        };
        format!("[[section.clause]]\nnumber = \"1.{}\"\n{id}text = {words:?}\n", nth + 1)
    };
    let clauses: String = clauses.split(" ‖ ").enumerate().map(clause).collect();
    let mut edition =
        edition(&format!("title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1\"\n{clauses}"));
    edition.address = Some(engross::model::Address {
        council: council.to_owned(),
        document: "protocol".to_owned(),
        version: "2024".to_owned(),
    });
    edition
}

#[test]
fn each_pass_finds_its_example_and_is_in_the_manual() {
    let manual = std::fs::read_to_string(support::root().join("docs/comparing.md")).expect("the manual");
    for pass in PASSES {
        let councils =
            if ["edited", "split-and-merged"].contains(&pass.name) { ["here", "here"] } else { ["here", "there"] };
        let mut left = document(councils[0], pass.example.left);
        let right = document(councils[1], pass.example.right);
        left.protocol.council_as_printed = Some("Kings Hill Parish Council".to_owned());
        let found = compare(&left, &right, &[]);
        let passes: Vec<_> = found.changes.iter().map(|change| change.why.pass).collect();
        assert!(passes.contains(&Some(pass.name)), "{}: {passes:?}", pass.name);
        let shown =
            format!("**{}.** {}\n\n> {}\n>\n> {}\n", pass.name, pass.what, pass.example.left, pass.example.right);
        assert!(manual.contains(&shown), "docs/comparing.md lacks\n{shown}");
    }
}

#[test]
fn a_part_to_which_words_were_added_is_still_a_part() {
    let whole = "A Member should not speak of the conduct of an Officer in public. A Member with a concern should raise it privately with the Chief Officer.";
    let kept = "A Member should not speak of the conduct of an Officer in public.";
    let kinds = |part: &str| {
        let (left, right) = (document("here", whole), document("here", &format!("{kept} ‖ {part}")));
        compare(&left, &right, &[]).changes.iter().flat_map(|change| change.aspects.clone()).collect::<Vec<_>>()
    };
    let part = "A Member with a concern should raise it privately with the Chief Officer";
    assert_eq!(kinds(&format!("{part}.")), [Kind::Split]);
    assert_eq!(kinds(&format!("{part} within ten working days.")), [Kind::Split]);
    // What two parts share has gone to both.
    let twofold = "Members must not disclose confidential information or use it for their own advantage, and must return papers when asked.";
    let (left, right) = (
        document("here", twofold),
        document(
            "here",
            "Members must not disclose confidential information. ‖ Members must not use confidential information for their own advantage. ‖ Members must return papers when asked.",
        ),
    );
    assert_eq!(compare(&left, &right, &[]).changes.iter().map(|change| change.kind).collect::<Vec<_>>(), [Kind::Split]);
    let other = "A Member with an interest should leave the room while the Council debates the matter.";
    assert_eq!(kinds(other), [Kind::Weakened, Kind::Added]);
}

#[test]
fn a_heading_whose_number_has_another_sign_has_no_other_number() {
    let headed = |number: &str| {
        edition(&format!(
            "title = \"Protocol\"\nstatus = \"adopted\"\n[[section]]\nnumber = {number:?}\nheading = \"Fees\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Fees are due.\"\n"
        ))
    };
    let kind = |left: &str, right: &str| {
        compare(&headed(left), &headed(right), &[]).headings.first().map(|heading| heading.kind)
    };
    assert_eq!(kind("Schedule 1", "Schedule 1 –"), Some(Kind::Typographic));
    assert_eq!(kind("Schedule 1 –", "Schedule 2"), Some(Kind::Renumbered));
    assert_eq!(kind("Schedule 1 –", "Schedule 1 –"), None);
}

#[test]
fn what_was_exchanged_in_a_clause_that_was_split_is_told() {
    let kinds = |left: &str, right: &str| {
        let (left, right) = (document("here", left), document("here", right));
        let found = compare(&left, &right, &[]);
        let [change] = found.changes.as_slice() else { panic!("{:?}", found.changes) };
        (change.aspects.clone(), change.strength)
    };
    let whole = "The Clerk must answer every complaint in writing within ten working days of receiving it, and the Chair must be told of each complaint about a Member.";
    let parts = "The Clerk must answer every complaint in writing within ten working days of receiving it. ‖ The Chair must be told of each complaint about a Member.";
    // What says again who is bound binds nobody more.
    assert_eq!(kinds(whole, parts), (vec![Kind::Split], Strength::Equal));
    let softer = parts.replace("Chair must", "Chair should");
    assert_eq!(kinds(whole, &softer), (vec![Kind::Split, Kind::Weakened], Strength::Left));
    assert_eq!(kinds(&softer, whole), (vec![Kind::Merged, Kind::Strengthened], Strength::Right));
    let later = parts.replace("ten", "twenty");
    assert_eq!(kinds(whole, &later), (vec![Kind::Split, Kind::Weakened, Kind::Detail], Strength::Left));
    let listed = "Members must: ‖ put their questions to the Clerk; ‖ tell the Chair of their complaints within five days; and ‖ keep what they are told in confidence to themselves.";
    let said = "Members must put their questions to the Clerk, tell the Chair of their complaints within five days, and keep what they are told in confidence to themselves.";
    let (left, right) = (document("here", said), document("here", listed));
    let kinds_of_list: Vec<_> =
        compare(&left, &right, &[]).changes.iter().flat_map(|change| change.aspects.clone()).collect();
    assert_eq!(kinds_of_list, [Kind::Added, Kind::Split]);
    let notice = "The Clerk must send out the agenda at least five clear days before a meeting, and late papers must be marked as such by the Chair.";
    let shorter = "The Clerk must send out the agenda at least three clear days before a meeting. ‖ Late papers must be marked as such by the Chair.";
    assert_eq!(kinds(notice, shorter), (vec![Kind::Split, Kind::Weakened, Kind::Detail], Strength::Left));
    let of_another = parts.replace("a Member", "an Officer");
    assert_eq!(kinds(whole, &of_another), (vec![Kind::Split, Kind::Party], Strength::Equal));
}

/// What becomes of a clause with a table of such rows, of three cells each.
fn of_table(left: &str, right: &str) -> Change {
    let table =
        |rows: &str| document("here", &format!("These decide:\n\n| | Clerk | Council |\n| - | - | - |\n{rows}"));
    let mut found = compare(&table(left), &table(right), &[]);
    assert_eq!(found.changes.len(), 1);
    found.changes.remove(0)
}

#[test]
fn the_same_words_in_another_column_are_another_thing() {
    let rows = "| Contracts | yes | |\n| Grants | | ✓ |";
    assert_eq!(of_table(rows, rows).kind, Kind::Unchanged);
    assert_eq!(of_table(rows, "| Contracts | Yes | |\n| Grants | | ✓ |").kind, Kind::Typographic);
    for other in ["| Contracts | | yes |\n| Grants | | ✓ |", "| Contracts | yes | |\n| Grants | ✓ | |"] {
        let change = of_table(rows, other);
        assert_eq!(change.kind, Kind::Reworded, "{other}");
        assert_eq!(change.evidence[0].says, "the cells of the table hold other words or signs");
        assert!(change.words.iter().any(|words| words.op != Op::Equal), "{:?}", change.words);
    }
    let change = of_table(rows, "| Contracts | yes | |\n| Grants | | |");
    assert_eq!(change.kind, Kind::Reworded);
}

fn joined(change: &Change, op: Op) -> String {
    let kept = change.words.iter().filter(|words| words.op == Op::Equal || words.op == op);
    kept.map(|words| words.text.as_str()).collect()
}

proptest! {
    #[test]
    fn a_redline_accepted_is_the_right_text_and_rejected_the_left(left in "\\PC{0,80}", right in "\\PC{0,80}") {
        check_redline(&left, &right)?;
    }

    #[test]
    fn so_it_is_where_most_words_stay(
        words in prop::collection::vec("[a-zA-Z’'é]{1,8}[ ,.;\n]{1,2}", 0..40),
        cut in prop::collection::vec((any::<prop::sample::Index>(), "[a-z ]{0,12}"), 0..6),
    ) {
        let mut changed = words.clone();
        for (at, new) in cut {
            if !changed.is_empty() {
                let at = at.index(changed.len());
                changed[at] = new;
            }
        }
        check_redline(&words.concat(), &changed.concat())?;
    }
}

fn check_redline(left: &str, right: &str) -> Result<(), TestCaseError> {
    let words = redline(left, right);
    let side = |op: Op| -> String {
        words.iter().filter(|words| words.op == Op::Equal || words.op == op).map(|words| words.text.as_str()).collect()
    };
    prop_assert_eq!(side(Op::Delete), left);
    prop_assert_eq!(side(Op::Insert), right);
    Ok(())
}

#[test]
fn the_five_against_each_other_lose_no_provision_and_no_word() {
    let workspace = support::workspace().into_editions();
    for left in &workspace {
        for right in &workspace {
            let found = compare(left, right, &[]);
            for (side, count) in [(true, found.left.len()), (false, found.right.len())] {
                let mut seen = vec![false; count];
                for change in &found.changes {
                    let places = if side { &change.left } else { &change.right };
                    places.iter().for_each(|at| seen[*at] = true);
                }
                assert!(seen.iter().all(|seen| *seen), "every provision is in a change");
            }
            for change in &found.changes {
                let text = |places: &[usize], side: &[engross::model::Provision]| {
                    places.iter().map(|at| side[*at].text.as_str()).collect::<Vec<_>>().join("\n")
                };
                assert_eq!(joined(change, Op::Delete), text(&change.left, &found.left));
                assert_eq!(joined(change, Op::Insert), text(&change.right, &found.right));
            }
            if left.address == right.address {
                assert!(found.changes.iter().all(|change| change.kind == Kind::Unchanged));
            }
        }
    }
}

#[test]
fn a_list_item_means_what_its_lead_in_makes_it() {
    let list = |council: &str, lead_ins: [&str; 2]| {
        document(
            council,
            &lead_ins.map(|lead_in| format!("{lead_in}\n\n- a working partnership\n- respect")).join(" ‖ "),
        )
    };
    let left = list("here", ["Officers can expect from Councillors:", "Councillors can expect from officers:"]);
    let right = list("there", ["Members can expect from officers:", "Officers can expect from Members:"]);
    let found = compare(&left, &right, &[]);
    let pairs: Vec<(&str, &str)> = found
        .changes
        .iter()
        .flat_map(|change| change.left.iter().flat_map(|l| change.right.iter().map(|r| (*l, *r))))
        .map(|(l, r)| (found.left[l].id.as_str(), found.right[r].id.as_str()))
        .collect();
    for pair in [("1.1/1", "1.2/1"), ("1.2/1", "1.1/1"), ("1.1/2", "1.2/2"), ("1.2/2", "1.1/2")] {
        assert!(pairs.contains(&pair), "{pair:?} in {pairs:?}");
    }
    for pair in [("1.1/1", "1.1/1"), ("1.2/2", "1.2/2")] {
        assert!(!pairs.contains(&pair), "{pair:?} in {pairs:?}");
    }
    let both = document("elsewhere", "Councillors and officers can expect from each other:\n\n- a working partnership");
    let found = compare(&both, &right, &[]);
    let of_item = found.changes.iter().filter(|change| change.left.iter().any(|at| found.left[*at].id == "1.1/1"));
    assert_eq!(of_item.flat_map(|change| &change.right).count(), 2, "said once here, and twice there");
}

#[test]
fn documents_of_different_kinds_look_unrelated() {
    let left = document(
        "here",
        "The allotment holder keeps the plot free of weeds. ‖ Bonfires are lit only in November. ‖ Hens are allowed, cockerels are not. ‖ \
         Water is turned off in winter. ‖ Sheds are no larger than two metres by three.",
    );
    let right = document(
        "there",
        "An employee raises a grievance with the line manager. ‖ The hearing takes place within ten working days. ‖ \
         The employee may be accompanied by a trade union representative. ‖ An appeal is heard by three councillors.",
    );
    let found = compare(&left, &right, &[]);
    assert!(found.unrelated, "{:#?}", found.changes);
    assert!(!compare(&left, &left, &[]).unrelated);
}

#[test]
fn a_number_that_several_sections_have_is_told_with_its_section() {
    let section = |number: &str, clauses: &str| format!("[[section]]\n{number}\n{clauses}");
    let clause = |number: &str| {
        format!("[[section.clause]]\nnumber = \"{number}\"\ntext = \"Members are polite:\\n\\n- (a) always\"\n")
    };
    let both = [clause("(1)"), clause("(2)")].concat();
    let edition = edition(&format!(
        "title = \"Protocol\"\nstatus = \"adopted\"\n{}{}{}",
        section("number = \"I.\"\nheading = \"Aim\"", &both),
        section("heading = \"The Clerk\"", &clause("(2)")),
        section("number = \"III.\"", &clause("(3)")),
    ));
    let numbers: Vec<String> = edition.protocol.provisions().iter().map(engross::document::number).collect();
    assert_eq!(numbers, ["1", "1/a", "I. 2", "I. 2/a", "“The Clerk” 2", "“The Clerk” 2/a", "3", "3/a"]);
}
