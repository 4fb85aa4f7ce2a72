"""Follow-up and the contact policy: who may be contacted when, over all cases and SOPs, and why the next attempt waits."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine import Engine
from sopengine.errors import UsageError
from sopengine.kernel.contactpolicy import PolicyTable, held_back, next_allowed
from sopengine.kernel.replay import replay
from sopengine.store import MemoryStore
from sopengine.time import zones

JAKARTA = ZoneInfo("Asia/Jakarta")
PHONE, MAIL = "+62 811 0000 0001", "Rina@contoh.co.id"

HEAD = """
sop: {id}
title: Contoh
version: "1"
language: en
timezone: Asia/Jakarta
calendars: {{office: {{hours: {{mon-fri: "08:00-17:00"}}, holidays: ["2026-02-05"]}}}}
events: [meeting]
fields:
  name: {{type: string}}
  phone: {{type: phone}}
  email: {{type: email}}
  region: {{type: choice, values: [java, papua]}}
"""
POLICY = """
contact_policy:
  zone: {field: region, values: {papua: Asia/Jayapura}}
  quiet_hours: "20:00-08:00"
  max: {per_day: 1, per_week: 3}
  opt_out: {whatsapp: [STOP, Berhenti], email: [unsubscribe]}
  closed: holidays
"""
BODY = """
stages:
  talk:
    owner: sales
    statuses: {fresh: Baru, calm: Tenang}
    follow_up: %s
  cold: {owner: sales, follow_up: {max: 1, every: 1d}}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, send: {bye: customer}}
templates:
  wa: {channel: whatsapp, body: "Halo {{ lead.name }}"}
  bye: {channel: whatsapp, body: "Terima kasih"}
  mail: {channel: email, subject: "Halo", body: "Halo {{ lead.name }}"}
  bill: {channel: email, purpose: service, subject: "Tagihan", body: "Terlampir"}
"""
RULE = "{max: 2, every: 1d, via: [whatsapp, email], template: [wa, mail], stop_on: [reply, meeting, calm], then: lost}"


def text(rule: str = RULE, policy: str = POLICY, name: str = "one") -> str:
    return HEAD.format(id=name) + policy + BODY % rule


class Shop:
    """An engine on one or more SOPs, and a clock that is set by hand: days of February 2026, Jakarta time."""

    def __init__(self, *texts: str, **more: Any) -> None:
        sops = [sopengine.load_text(one, f"{number}.yaml") for number, one in enumerate(texts or (text(),))]
        self.now = datetime(2026, 2, 2, 9, tzinfo=JAKARTA)
        self.engine = Engine(*sops, people={"ani": "sales"}, clock=lambda: self.now, **more)

    def at(self, moment: str, zone: str = "Asia/Jakarta") -> Shop:
        """The clock at ``03 09:00``, with everything that time has made true."""
        self.now = feb(moment, zone)
        self.engine.tick()
        return self

    def open(self, case: str = "L-1", **record: Any) -> Shop:
        how = {"sop": record.pop("sop", None), "stage": record.pop("stage", None)}
        self.engine.open({"id": case, "name": "PT Maju", "phone": PHONE, **record}, by="ani", **how).or_raise()
        return self

    def contact(self, case: str = "L-1", via: str = "whatsapp", **how: Any) -> Any:
        return self.engine.contact(case, **({"via": via, "by": "ani"} | how))

    def next(self, case: str = "L-1") -> Any:
        found = self.engine.next_attempt(case)
        assert found is not None
        assert found.reason.text("en") != found.reason.text("id")
        return found


def feb(moment: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(f"2026-02-{moment.replace(' ', 'T')}:00").replace(tzinfo=ZoneInfo(zone))


def codes(decision: Any) -> list[str]:
    return [finding.code for finding in decision.findings]


def kinds(shop: Shop, case: str = "L-1") -> list[str]:
    return [event.kind for event in shop.engine.history(case)]


# The traps ---------------------------------------------------------------------------------------------------------------


def test_answering_a_customer_after_the_last_attempt_is_allowed() -> None:
    """All attempts are made, the cap is reached, it is night: whoever is waiting for an answer gets one."""
    shop = Shop().open()
    for day in ("02", "03", "04"):
        assert shop.at(f"{day} 10:00").contact(via="whatsapp" if day != "04" else "email")
    assert codes(shop.at("04 21:00").contact(via="email")) == ["CASE401", "CASE402", "CASE412", "CASE414", "CASE415"]
    shop.engine.receive("L-1", via="whatsapp", text="Berapa harganya?")
    assert codes(shop.contact()) == []
    assert shop.engine.case("L-1").attempts == 0


def test_every_two_working_days_from_monday_allows_wednesday_morning() -> None:
    """From Monday 10:00, `2 working days` allow Wednesday from the opening, not from 10:00."""
    shop = Shop(text("{max: 2, every: 2 working days}", policy="")).open().at("02 10:00")
    assert shop.contact()
    assert shop.next().allowed_from == feb("04 08:00")
    assert codes(shop.at("04 07:59").contact()) == ["CASE402"]
    assert shop.at("04 08:00").contact()


def test_caps_count_across_cases_and_sops() -> None:
    """One message a day is one message a day, whichever case and SOP it comes from; the number may be written otherwise."""
    other = text("{max: 2, every: 1d}", policy="", name="two")
    shop = Shop(text(), other).open().open("M-1", sop="two", phone="0811-0000-0001").open("L-3", phone="+62811999999")
    assert shop.contact("M-1")
    assert codes(shop.contact("L-1")) == ["CASE414"]
    assert shop.contact("L-3")
    assert shop.contact("M-1", at=shop.now - timedelta(minutes=1)), "a SOP without a policy has no caps"
    assert shop.next("L-1").allowed_from == feb("03 08:00")


def test_quiet_hours_of_papua_differ_from_those_of_jakarta() -> None:
    """18:30 in Jakarta is 20:30 in Jayapura: the customer in Papua has quiet time, the one in Java has not."""
    shop = Shop().open(region="java").open("L-2", region="papua", phone="+62811222222").at("02 18:30")
    assert shop.contact("L-1")
    refused = shop.contact("L-2")
    assert codes(refused) == ["CASE412"]
    assert "Tuesday, 3 February 2026, 08:00 WIT" in refused.findings[0].text("en")
    assert shop.next("L-2").allowed_from == feb("03 08:00", "Asia/Jayapura")
    assert shop.at("03 06:00").contact("L-2")
    assert codes(shop.contact("L-1", at=None)) == ["CASE412"]


def test_an_automatic_reply_neither_starts_nor_stops_anything() -> None:
    """An absence note ends no series and makes nobody wait; nor does the word STOP in it opt anybody out."""
    shop = Shop().open().at("02 10:00")
    shop.contact().or_raise()
    shop.at("03 10:00").contact().or_raise()
    shop.engine.receive("L-1", via="whatsapp", text="STOP", automatic=True)
    assert shop.engine.case("L-1").attempts == 1
    assert (shop.next().number, shop.next().allowed_from) == (2, feb("04 08:00"))


def test_an_opt_out_told_late_holds_and_ends_what_it_ends() -> None:
    """A STOP that is recorded a day later: what was sent in between stays, the follow-up has ended, nothing is sent any more."""
    shop = Shop(text("{max: 3, every: 1d, via: whatsapp, template: wa, then: lost}")).open().at("02 10:00")
    shop.contact().or_raise()
    shop.at("03 10:00").contact().or_raise()
    shop.at("03 12:00").engine.receive("L-1", via="whatsapp", text=" stop ", at=feb("02 12:00")).or_raise()
    shop.engine.tick()
    view = shop.engine.case("L-1")
    assert (view.outcome, shop.engine.live("L-1").state.reason) == ("lost", "opt_out")
    shop.open("L-2")
    assert codes(shop.contact("L-2")) == ["CASE411", "CASE414"]
    assert "2 February 2026, 12:00" in shop.contact("L-2").findings[0].text("en")


# Opting out --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["STOP", " stop\n", "berhenti", "BERHENTI"])
def test_a_word_of_the_policy_opts_out_of_its_channel(said: str) -> None:
    """The whole message, trimmed and in any case; the same words elsewhere, and other words, do not."""
    shop = Shop().open(email=MAIL)
    for via, words in (("email", said), ("whatsapp", f"{said.strip()} please"), ("sms", said)):
        shop.engine.receive("L-1", via=via, text=words)
    assert shop.contact()
    shop.engine.receive("L-1", via="whatsapp", text=said).or_raise()
    assert "CASE411" in codes(shop.at("03 10:00").contact())
    assert "CASE411" not in codes(shop.contact(via="email"))


def test_an_opt_out_of_every_channel_ends_the_follow_up_of_every_case() -> None:
    """Each case that was working on the customer goes where its follow-up leads, at once, with the reason."""
    other = text("{max: 2, every: 1d, via: whatsapp, then: cold}", name="two")
    shop = Shop(text(), other).open().open("M-1", sop="two").open("X-1", phone="+62811333333")
    shop.contact("M-1").or_raise()
    shop.at("03 10:00").contact("L-1").or_raise()
    shop.at("04 10:00").contact("X-1").or_raise()
    decision = shop.engine.opt_out("L-1", via="whatsapp")
    assert shop.engine.case("M-1").stage == "cold"
    assert shop.engine.case("L-1").stage == "talk", "e-mail is left"
    assert decision.case.stage == "talk"
    done = shop.engine.opt_out("L-1", via="email")
    assert (done.case.outcome, codes(done)) == ("lost", ["CASE411"])
    assert done.messages == (), "who does not want to hear from us is not told goodbye"
    assert shop.engine.case("X-1").stage == "talk"
    (moved,) = (event for event in shop.engine.history("M-1") if event.kind == "moved")
    assert (moved.by, moved.data["reason"]) == ("sop", "opt_out")


def test_an_opt_out_is_never_refused_and_holds_under_phone_and_mail() -> None:
    """Nobody needs a role to tell of it; a lead that is known by either address is known."""
    shop = Shop().open(email=MAIL)
    assert shop.engine.opt_out("L-1", by="stranger")
    shop.open("L-2", phone="0811 00000001").open("L-3", phone=None, email=MAIL.lower())
    for case in ("L-2", "L-3"):
        for via in ("whatsapp", "email", "sms", "call"):
            assert codes(shop.contact(case, via=via)) == ["CASE411"]
        assert shop.next(case).allowed_from is None
        assert shop.next(case).reason.code == "CASE411"


def test_an_answer_does_not_lift_an_opt_out() -> None:
    """Even who waits for an answer is not written to on the channel that they closed."""
    shop = Shop().open()
    shop.engine.opt_out("L-1", via="whatsapp")
    shop.engine.receive("L-1", via="call", text="Apa kabar?")
    assert codes(shop.contact()) == ["CASE411"]
    assert shop.contact(via="call")


def test_a_stop_is_no_question() -> None:
    """It makes nobody owe an answer, and it does not bring a parked case back."""
    parked = text("{max: 2, every: 1d, min: 1}").replace("kind: failure", "kind: parked, recycle: {after: 9d, to: talk}")
    shop = Shop(parked).open()
    shop.contact().or_raise()
    shop.engine.receive("L-1", via="whatsapp", text="STOP")
    assert shop.engine.live("L-1").state.unanswered_at is None
    shop.engine.move("L-1", "lost", by="ani").or_raise()
    shop.engine.receive("L-1", via="whatsapp", text="STOP")
    assert shop.engine.case("L-1").outcome == "lost"


# The policy --------------------------------------------------------------------------------------------------------------


def test_holidays_are_kept_free_and_weekends_are_not() -> None:
    """`closed: holidays` means the holidays of the first calendar; a Saturday is none."""
    shop = Shop().open().at("05 10:00")
    assert codes(shop.contact()) == ["CASE413"]
    assert shop.next().allowed_from == feb("06 08:00")
    assert shop.at("07 10:00").contact()


def test_service_messages_and_notes_are_free_of_the_policy_and_uncounted() -> None:
    """A bill goes out at night and on a holiday, and takes nothing from what sales may send."""
    shop = Shop().open(email=MAIL).open("L-2").at("05 22:00")
    assert shop.contact(via="email", template="bill")
    assert shop.contact("L-2", via="note")
    assert shop.at("07 10:00").contact()


def test_what_was_sent_is_recorded_whatever_the_policy_says() -> None:
    """A contact of last night is taken in with its deviation, and counts."""
    shop = Shop().open().at("03 09:00")
    told = shop.contact(at=feb("02 21:00"))
    assert told
    assert codes(told) == ["CASE412"]
    assert shop.contact(at=feb("03 08:30"))
    assert codes(shop.contact(via="email")) == ["CASE402", "CASE414"]


def test_a_bounce_gives_the_cap_back() -> None:
    """What reached nobody was not a contact."""
    shop = Shop().open()
    made = shop.contact().or_raise().events[0].id
    shop.engine.bounce("L-1", made)
    assert shop.contact()


def test_a_week_is_that_of_the_customer_and_ends_on_sunday() -> None:
    """After three contacts in a week the fourth waits until Monday."""
    shop = Shop(text("{max: 9, every: 2h}")).open()
    for day in ("02", "03", "04"):
        shop.at(f"{day} 10:00").contact().or_raise()
    refused = shop.at("06 10:00").contact()
    assert codes(refused) == ["CASE415"]
    assert shop.next().allowed_from == feb("09 08:00")
    assert shop.next().reason.code == "CASE412", "quiet hours come last"
    assert shop.at("09 08:00").contact()


def test_trying_is_not_over_before_the_next_allowed_instant() -> None:
    """Quiet hours and holidays move the end of the series: Thursday is a holiday, so the next attempt would be Friday's."""
    rule = "{max: 1, every: 1d, then: lost}"
    shop = Shop(text(rule)).open().at("03 10:00")
    shop.contact().or_raise()
    shop.at("04 10:00").contact().or_raise()
    assert shop.at("06 23:00").engine.case("L-1").stage == "talk"
    assert shop.at("07 00:01").engine.case("L-1").outcome == "lost"
    plain = Shop(text(rule, policy="")).open().at("03 10:00")
    plain.contact().or_raise()
    plain.at("04 10:00").contact().or_raise()
    assert plain.at("06 00:01").engine.case("L-1").outcome == "lost"


# The next attempt, and what ends a series ----------------------------------------------------------------------------------


def test_the_next_attempt_always_says_why() -> None:
    """First contact, gap, quiet hours, due, waiting, and none left: each with its own reason in both languages."""
    shop = Shop(text("{max: 1, every: 2h}", policy='contact_policy: {quiet_hours: "20:00-08:00"}')).open()
    assert (shop.next().number, shop.next().reason.code) == (0, "follow_up.first")
    shop.contact().or_raise()
    assert (shop.next().number, shop.next().allowed_from, shop.next().reason.code) == (1, feb("02 11:00"), "CASE402")
    shop.at("02 12:00")
    assert (shop.next().allowed_from, shop.next().reason.code) == (feb("02 11:00"), "follow_up.due_until")
    shop.at("02 20:30")
    assert (shop.next().allowed_from, shop.next().reason.code) == (feb("03 08:00"), "CASE412")
    shop.at("03 09:00").contact().or_raise()
    assert (shop.next().number, shop.next().allowed_from, shop.next().reason.code) == (None, None, "CASE401")
    shop.engine.receive("L-1", via="call")
    assert shop.next().reason.code == "follow_up.waiting"
    shop.engine.move("L-1", "cold", by="ani").or_raise()
    shop.engine.move("L-1", "lost", by="ani", reason="x").or_raise()
    assert shop.engine.next_attempt("L-1") is None


@pytest.mark.parametrize("what", ["event", "status"])
def test_what_the_sop_stops_on_ends_the_series(what: str) -> None:
    """A meeting ends it: nothing is exhausted any more, giving up is no longer too early, the next contact begins anew."""
    shop = Shop(text(RULE.replace("max: 2", "max: 1, min: 1"))).open()
    shop.contact().or_raise()
    shop.at("03 10:00").contact().or_raise()
    if what == "event":
        shop.engine.signal("L-1", "meeting", by="ani").or_raise()
    else:
        shop.engine.set_status("L-1", "calm", by="ani").or_raise()
    assert (shop.next().reason.code, shop.engine.case("L-1").attempts) == ("follow_up.ended", 0)
    assert shop.at("20 10:00").engine.case("L-1").stage == "talk"
    assert shop.contact()
    assert shop.engine.case("L-1").attempts == 1


def test_nothing_stops_a_series_that_has_not_begun() -> None:
    """A meeting before the first contact answers nothing yet: giving up is still too early."""
    shop = Shop(text(RULE.replace("max: 2", "max: 2, min: 1"))).open()
    shop.engine.signal("L-1", "meeting", by="ani").or_raise()
    assert codes(shop.engine.move("L-1", "lost", by="ani", reason="x")) == ["CASE111"]


# Sending by itself ---------------------------------------------------------------------------------------------------------

AUTO = "{max: 2, every: 1d, via: [whatsapp, email], template: [wa, mail], send: auto, then: lost}"


def test_a_due_attempt_is_handed_out_once_and_counts_when_delivered() -> None:
    """The tick of the allowed instant has the message; reported under its key it is an attempt, twice reported is once."""
    shop = Shop(text(AUTO)).open()
    shop.contact().or_raise()
    shop.now = feb("03 07:59")
    assert shop.engine.tick().messages == ()
    shop.now = feb("03 08:01")
    (message,) = shop.engine.tick().messages
    assert (message.channel, message.case, message.to, message.body) == ("whatsapp", "L-1", "customer", "Halo PT Maju")
    assert shop.engine.tick().messages == ()
    assert (shop.engine.case("L-1").attempts, shop.next().reason.code) == (0, "follow_up.queued")
    first = shop.engine.delivered(message.key, at=feb("03 08:01"))
    assert first
    assert shop.engine.delivered(message.key, at=feb("03 08:01")) is first
    assert shop.engine.case("L-1").attempts == 1
    shop.now = feb("04 08:00") + timedelta(seconds=1)
    (second,) = shop.engine.tick().messages
    assert second.template == "mail"
    shop.engine.delivered(second.key).or_raise()
    assert shop.at("09 23:59").engine.case("L-1").stage == "talk", "three contacts are what one week allows"
    assert shop.at("10 00:01").engine.case("L-1").outcome == "lost"


def test_what_is_sent_by_itself_keeps_the_policy_and_the_customers_will() -> None:
    """It waits while other cases have used up the cap, while it is night, and stays away after an opt-out."""
    other = text("{max: 5, every: 2h}", policy="", name="two")
    shop = Shop(text(AUTO), other).open().open("M-1", sop="two")
    shop.contact().or_raise()
    shop.now = feb("03 07:00")
    shop.contact("M-1").or_raise()
    shop.now = feb("03 22:00")
    assert shop.engine.tick().messages == ()
    shop.now = feb("04 10:00")
    (message,) = shop.engine.tick().messages
    shop.engine.delivered(message.key).or_raise()
    shop.engine.receive("L-1", via="whatsapp", text="Stop")
    shop.now = feb("20 10:00")
    assert shop.engine.tick().messages == ()


def test_an_answer_calls_off_what_would_be_sent() -> None:
    """A customer who has written is not chased; what was already on its way answers nobody."""
    shop = Shop(text(AUTO)).open()
    shop.contact().or_raise()
    shop.now = feb("03 09:00")
    (message,) = shop.engine.tick().messages
    shop.engine.receive("L-1", via="whatsapp", text="Ya?")
    shop.engine.delivered(message.key).or_raise()
    assert shop.next().reason.code == "follow_up.waiting"
    shop.now = feb("05 09:00")
    assert shop.engine.tick().messages == ()


def test_two_cases_of_one_customer_do_not_share_one_place_under_a_cap() -> None:
    """What was handed out counts from then on, though its delivery is not reported yet; told at last, it counts once."""
    shop = Shop(text(AUTO)).open().open("L-2")
    shop.contact("L-1").or_raise()
    shop.at("02 10:00").contact("L-2", at=feb("02 09:30")).or_raise()
    shop.now = feb("03 09:00")
    (message,) = shop.engine.tick().messages
    assert codes(shop.contact("L-2")) == ["CASE414", "CASE415"]
    shop.engine.delivered(message.key).or_raise()
    shop.now = feb("04 09:00")
    assert len(shop.engine.tick().messages) == 0, "three contacts are what one week allows"
    shop.now = feb("09 09:00")
    assert len(shop.engine.tick().messages) == 1


def test_a_delivery_is_recorded_at_any_hour() -> None:
    """What was handed out by day and is reported at night has arrived: it is an attempt."""
    shop = Shop(text(AUTO)).open()
    shop.contact().or_raise()
    shop.now = feb("03 19:59")
    (message,) = shop.engine.tick().messages
    shop.now = feb("03 20:30")
    told = shop.engine.delivered(message.key)
    assert (bool(told), codes(told)) == (True, [])
    assert shop.engine.case("L-1").attempts == 1


def test_bringing_the_past_up_to_date_sends_nothing_at_night() -> None:
    """After a night without ticks the steps to the present do not matter: what came due by day waits for the morning."""
    for steps in ((), ("03 09:00", "03 15:00")):
        shop = Shop(text(AUTO)).open()
        shop.contact().or_raise()
        shop.now = feb("03 22:00")
        assert not any(shop.engine.tick(feb(step)).messages for step in steps)
        assert shop.engine.tick().messages == ()
        shop.now = feb("04 08:01")
        assert len(shop.engine.tick().messages) == 1


@pytest.mark.parametrize("key", ["", "x", "case:L-1/1", "case:L-9/1"])
def test_only_what_was_handed_out_is_delivered(key: str) -> None:
    """A key of nothing, of another event, or of an unknown case is a mistake of the call."""
    shop = Shop(text(AUTO)).open()
    with pytest.raises((UsageError, sopengine.UnknownCase)):
        shop.engine.delivered(key)


# Streams -------------------------------------------------------------------------------------------------------------------


def test_a_contact_is_stored_under_a_keyed_hash_and_nothing_else() -> None:
    """Neither number nor address stands in the name or in the events of a contact's stream, and another key is another name."""
    names: list[set[str]] = []
    for key in (None, b"a secret of sixteen bytes", b"another secret of the host"):
        store = MemoryStore()
        shop = Shop(store=store, contact_key=key).open(email=MAIL)
        shop.contact().or_raise()
        streams = {stream for stream in store.streams() if stream.startswith("contact:")}
        assert len(streams) == 2
        told = repr([store.read(stream) for stream in streams]) + repr(streams)
        assert "62811" not in told.replace(" ", "")
        assert "rina" not in told.lower()
        names.append(streams)
    assert not names[0] & names[1] | names[1] & names[2]


@pytest.mark.parametrize("key", [b"short", "a text of sixteen characters", 7])
def test_a_secret_is_long_and_bytes(key: Any) -> None:
    """A key that is short or no bytes is refused."""
    with pytest.raises(UsageError):
        Shop(contact_key=key)


def test_a_case_is_replayed_without_the_streams_of_its_contact() -> None:
    """What was looked up stands on the event: the state folded from the case's own events is the live one."""
    shop = Shop().open().open("L-2", phone=PHONE)
    shop.contact().or_raise()
    shop.at("03 10:00").contact("L-2").or_raise()
    shop.at("04 10:00").contact().or_raise()
    shop.engine.opt_out("L-2", via="email")
    for case in ("L-1", "L-2"):
        live = shop.engine.live(case)
        assert replay(live.tables, case, shop.engine.history(case)).state == live.state
    assert shop.engine.history("L-1")[-1].derived == {"from": "L-2"}


def test_an_import_fills_the_streams_of_contacts() -> None:
    """Recorded contacts and opt-outs count for every other case, also for those of the same import."""
    shop = Shop().open("L-9").at("04 12:00")
    base = {"by": "ani", "via": "whatsapp"}
    items: list[dict[str, Any]] = []
    for case in ("I-1", "I-2"):
        items.append({"case": case, "kind": "opened", "at": feb("02 09:00"), "by": "ani", "record": {"phone": PHONE}})
        items.append({"case": case, "kind": "contacted", "at": feb("02 10:00"), **base})
    items.append({"case": "I-1", "kind": "received", "at": feb("03 10:00"), **base, "by": "customer", "text": "stop"})
    shop.engine.record(items)
    assert [kinds(shop, case)[-1] for case in ("I-1", "I-2")] == ["received", "opted_out"]
    assert codes(shop.contact("L-9")) == ["CASE411"]


# A plain second opinion -----------------------------------------------------------------------------------------------------

MINUTES = st.integers(0, 14 * 24 * 60)


@given(
    at=MINUTES,
    touches=st.lists(MINUTES, max_size=5),
    quiet=st.sampled_from([None, (20, 8), (22, 6), (0, 5), (12, 13), (23, 1)]),
    per_day=st.sampled_from([None, 1, 2]),
    per_week=st.sampled_from([None, 1, 3]),
    zone=st.sampled_from(["Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "America/New_York"]),
)
def test_the_next_allowed_instant_is_the_first_minute_that_a_plain_opinion_allows(
    at: int, touches: list[int], quiet: tuple[int, int] | None, per_day: int | None, per_week: int | None, zone: str
) -> None:
    """Walked minute by minute over two weeks with a change of the clocks, with datetimes alone."""
    start = datetime(2026, 3, 23, tzinfo=ZoneInfo("UTC"))
    place = ZoneInfo(zone)

    def wall(minute: int) -> datetime:
        return (start + timedelta(minutes=minute)).astimezone(place)

    def allowed(minute: int) -> bool:
        here = wall(minute)
        past = [wall(touch) for touch in touches if touch <= minute]
        if quiet is not None:
            since, until = time(quiet[0]), time(quiet[1])
            now = here.time()
            if (since <= now < until) if since < until else (now >= since or now < until):
                return False
        if per_day is not None and sum(one.date() == here.date() for one in past) >= per_day:
            return False
        same = sum(one.isocalendar()[:2] == here.isocalendar()[:2] for one in past)
        return per_week is None or same < per_week

    known = [touch for touch in touches if touch <= at]
    touches[:] = known
    expected = next((minute for minute in range(at, at + 15 * 24 * 60) if allowed(minute)), None)
    hours = None if quiet is None else (quiet[0] * 3_600_000_000, quiet[1] * 3_600_000_000)
    policy = PolicyTable(zone, None, {}, hours, None, per_day, per_week, {}, {})
    micros = [zones.to_instant(wall(touch)) for touch in known]
    found, hold = next_allowed(policy, zone, zones.to_instant(wall(at)), micros)
    assert expected is not None
    assert found == zones.to_instant(wall(expected))
    assert (hold is None) == (expected == at)
    assert bool(list(held_back(policy, zone, zones.to_instant(wall(at)), micros))) == (expected != at)


def test_a_policy_that_never_allows_says_so() -> None:
    """Holidays without an end leave no time: the contact is refused with that reason, and no attempt is promised."""
    endless = text().replace('["2026-02-05"]', '["2026-02-05..2035-12-31"]')
    shop = Shop(endless).open().at("05 10:00")
    assert codes(shop.contact()) == ["CASE416"]
    assert shop.next().allowed_from is None
