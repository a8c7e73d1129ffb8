"""What an extract of people who never were is like: nobody's, whole, the same each time, made in parts."""

import csv
from pathlib import Path

import numpy as np
import pyarrow.dataset
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.problems import BadInput
from ithrive.records.identifiers import is_nhs_number, is_snomed_concept
from ithrive.records.model import codes, model
from ithrive.records.synthesis import Settings, synthesise
from ithrive.records.synthesis.arrays import NEVER, age_on, birthday
from ithrive.records.synthesis.contacts import PROCEDURES
from ithrive.records.synthesis.referrals import GAP
from ithrive.records.synthesis.run import UNDER_WAY, begin, write_batch
from ithrive.records.synthesis.scores import CONCEPTS
from ithrive.records.synthesis.sent import MARK, MARKED
from ithrive.records.synthesis.sent.numbers import nhs_numbers
from ithrive.records.synthesis.story import tell
from ithrive.records.synthesis.views import VIEW_CONCEPTS

SMALL = Settings(people=150, months=6, seed=5, batch_people=60)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("synthetic") / "small"
    synthesise(SMALL, out)
    return out


def files(out: Path) -> dict[str, bytes]:
    every = (path for path in out.rglob("*") if path.is_file() and UNDER_WAY not in path.parts)
    return {str(path.relative_to(out)): path.read_bytes() for path in every}


def column(out: Path, table: str, name: str) -> list[object]:
    return pyarrow.dataset.dataset(out / "extract" / table).to_table(columns=[name])[name].to_pylist()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(small: Path, tmp_path: Path) -> None:
    synthesise(SMALL, tmp_path / "again")
    assert files(tmp_path / "again") == files(small)
    other = Settings(people=150, months=6, seed=6, batch_people=60)
    synthesise(other, tmp_path / "other")
    assert files(tmp_path / "other") != files(small)


def test_batches_made_alone_and_backwards_are_the_same(small: Path, tmp_path: Path) -> None:
    begin(SMALL, tmp_path / "out")
    for batch in reversed(range(SMALL.batches)):
        write_batch(SMALL, batch, tmp_path / "out")
    synthesise(SMALL, tmp_path / "out")  # goes on where that stopped: with what needs every batch
    assert files(tmp_path / "out") == files(small)


def test_a_folder_that_holds_something_else_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for folder, given_settings in ((tmp_path, SMALL), (small, Settings(people=151, months=6))):
        with pytest.raises(BadInput):
            synthesise(given_settings, folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt"]


def test_every_file_says_that_it_is_not_real(small: Path) -> None:
    assert MARKED in (small / "SYNTHETIC.txt").read_text()
    for path in (small / "extract").rglob("*.parquet"):
        assert pyarrow.parquet.read_metadata(path).metadata[MARK.encode()] == MARKED.encode()
        assert set(pyarrow.parquet.read_table(path, columns=[MARK])[MARK].to_pylist()) == {MARKED}


def test_tables_and_fields_are_those_of_version_6(small: Path) -> None:
    known = {table.name: table for table in model().values()}
    for folder in (path for path in (small / "extract").iterdir() if path.is_dir()):
        names = set(pyarrow.parquet.read_schema(next(folder.rglob("*.parquet"))).names)
        fields = {field.name for field in known[folder.name].fields if field.valid_to is None}
        standing = {"OrgIDProv", "UniqMonthID", "UniqSubmissionID", MARK, "Person_ID"}
        assert names - standing == fields


def test_nobody_can_be_a_real_person_or_a_real_provider(small: Path) -> None:
    numbers = set(column(small, "MHS001MPI", "NHSNumber"))
    assert all(str(number).startswith("999") and is_nhs_number(str(number)) for number in numbers)
    for table, name in (
        ("MHS000Header", "OrgIDProvider"),
        ("MHS101Referral", "OrgIDComm"),
        ("MHS002GP", "GMPReg"),
    ):
        assert all(str(code).startswith("ZZ") for code in set(column(small, table, name)))
    homes = {str(home) for home in column(small, "MHS001MPI", "LSOA2021") if home}
    assert all("Z" in home[3:] for home in homes)


def test_every_number_of_the_range_for_tests_checks_out() -> None:
    numbers = nhs_numbers()
    assert len(numbers) == len(np.unique(numbers))
    assert all(is_nhs_number(str(number)) for number in numbers[:: len(numbers) // 500].tolist())


def test_every_concept_is_well_formed() -> None:
    assert [code for code in (*CONCEPTS, *VIEW_CONCEPTS, *PROCEDURES) if not is_snomed_concept(code)] == []


def test_codes_are_in_their_lists(small: Path) -> None:
    listed: dict[str, set[str]] = {}
    for code in codes():
        listed.setdefault(code.code_list, set()).add(code.code)
    # Adult wards stand in a list of their own that was not obtained.
    unlisted = {"MHAdmittedPatientClass", "WardType"}
    for table in model().values():
        if (small / "extract" / table.name).is_dir():
            for field in table.fields:
                if field.code_list in listed and field.name not in unlisted and field.valid_to is None:
                    sent = {code for code in column(small, table.name, field.name) if code is not None}
                    assert sent <= listed[field.code_list], field.name


def test_csv_says_the_same_as_parquet(small: Path, tmp_path: Path) -> None:
    synthesise(Settings(people=150, months=6, seed=5, batch_people=60, file_format="csv"), tmp_path / "csv")
    for table in ("MHS101Referral", "MHS201CareContact"):
        whole = pyarrow.dataset.dataset(small / "extract" / table).to_table()
        written = [path.read_text() for path in sorted((tmp_path / "csv/extract" / table).rglob("*.csv"))]
        rows = [row for text in written for row in csv.DictReader(text.splitlines())]
        assert [row["ServiceRequestID"] for row in rows] == whole["ServiceRequestID"].to_pylist()
        for name in whole.column_names:
            assert [row[name][:10] for row in rows] == [
                "" if cell is None else str(cell)[:10] for cell in whole[name].to_pylist()
            ], name


def test_spoilt_rows_and_copies_come_only_when_asked_for(small: Path, tmp_path: Path) -> None:
    spoilt = Settings(people=150, months=6, seed=5, batch_people=60, spoil=0.2, copies=0.2)
    synthesise(spoilt, tmp_path / "spoilt")
    statuses, usual = (
        column(out, "MHS201CareContact", "AttendStatus") for out in (tmp_path / "spoilt", small)
    )
    assert "9" in statuses
    assert "9" not in usual
    assert len(statuses) > 1.1 * len(usual)
    # The truth is the same: it is what would come out were they whole.
    assert (tmp_path / "spoilt/truth.parquet").read_bytes() == (small / "truth.parquet").read_bytes()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), months=st.integers(1, 40))
def test_spells_of_a_person_at_a_provider_lie_more_than_five_days_apart(seed: int, months: int) -> None:
    story = tell(Settings(people=120, months=months, seed=seed), 0)
    referrals, rows = story.referrals, np.flatnonzero(story.visible)
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for row in rows.tolist():
        key = (int(referrals.person[row]), int(referrals.provider[row]))
        spell, received = int(referrals.spell[row]), int(referrals.received[row])
        before_spell, before_end = last.get(key, (spell, -NEVER))
        assert (received - before_end <= GAP) == (before_spell == spell and key in last)
        last[key] = (spell, max(before_end if before_spell == spell else 0, int(story.seen_end[row])))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_happens_lies_within_its_referral_and_a_month_that_was_sent(seed: int) -> None:
    story = tell(Settings(people=120, months=24, seed=seed), 0)
    contacts, referrals = story.contacts, story.referrals
    assert (contacts.day <= referrals.ended[contacts.referral]).all()
    month = story.country.calendar.month_of(contacts.day)
    assert story.country.sent[referrals.provider[contacts.referral], month].all()
    assert (story.plans.created >= referrals.received[story.plans.referral]).all()
    assert (story.stays.ends > story.stays.starts).all()


@given(born=st.integers(-20_000, 25_000), years=st.integers(1, 25))
def test_a_birthday_is_the_first_day_of_the_age(born: int, years: int) -> None:
    day = birthday(np.array([born]), years)
    assert age_on(np.array([born]), day).tolist() == [years]
    assert age_on(np.array([born]), day - 1).tolist() == [years - 1]
