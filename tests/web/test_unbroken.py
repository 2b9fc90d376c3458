"""What is read as one word stands on one line."""

from markupsafe import Markup

from tracker.web.unbroken import unbroken


def test_a_day_and_a_passage_are_kept_together_and_the_rest_is_escaped():
    assert unbroken("<b> 1-7-2022, ZF:211-213") == (
        '&lt;b&gt; <span class="unbroken">1-7-2022</span>, <span class="unbroken">ZF:211-213</span>'
    )


def test_a_day_in_an_address_is_left_alone():
    cell = Markup('<a href="/x?start=1-7-2022">begin 1-7-2022</a>')
    assert unbroken(cell) == '<a href="/x?start=1-7-2022">begin <span class="unbroken">1-7-2022</span></a>'


def test_a_number_stays_a_number():
    assert unbroken(12) == 12
