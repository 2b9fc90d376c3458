"""The good examples as each reader sees them."""

from tests.web.conftest import Reader

PAGE = "/goede-voorbeelden"


def text(reader: Reader, role: str, address: str = PAGE) -> str:
    """A page as that role sees it."""
    answer = reader(role).get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return " ".join(answer.get_data(as_text=True).split())


def test_everybody_finds_the_six_examples_that_were_shared(reader: Reader) -> None:
    for role in ("board_member", "insurer_region_manager", "practice_liaison"):
        page = text(reader, role)
        assert "6 voorbeelden" in page
        assert "Portaal voor iedereen" in page


def test_an_example_is_there_from_the_day_it_was_shared(reader: Reader) -> None:
    assert "Portaal voor iedereen" in text(reader, "board_member", f"{PAGE}?peildatum=2024-01-15")
    assert "Nog geen goede voorbeelden gedeeld." in text(reader, "board_member", f"{PAGE}?peildatum=2024-01-14")


def test_an_initiative_that_was_never_shared_is_no_example(reader: Reader) -> None:
    assert reader("board_member").get(f"{PAGE}/I05").status_code == 404
    assert reader("board_member").get(f"{PAGE}/I99").status_code == 404


def test_the_examples_are_searched_by_direction_theme_and_word(reader: Reader) -> None:
    assert "2 voorbeelden" in text(reader, "board_member", f"{PAGE}?richting=T1")
    assert "2 voorbeelden" in text(reader, "board_member", f"{PAGE}?richting=T3.6")
    assert "1 voorbeeld<" in text(reader, "board_member", f"{PAGE}?q=portaal")
    assert "Zonder filters zijn het er 6." in text(reader, "board_member", f"{PAGE}?richting=T2.1")


def test_the_examples_that_suit_the_own_region_are_found_by_what_it_works_on(reader: Reader) -> None:
    page = text(reader, "board_member", f"{PAGE}?past=HOL")
    assert "Zelfde richting als HOL: T1.1" in page
    assert "2 voorbeelden" not in text(reader, "board_member", f"{PAGE}?past=HOL&richting=T3.6")
    everything = text(reader, "board_member", f"{PAGE}?past=WOL")
    assert "6 voorbeelden" in everything, "another region asks nothing"
    assert "Zelfde richting" not in everything, "and nothing suits it"
    own = text(reader, "insurer_region_manager", f"{PAGE}?past=WOL")
    assert f'href="{PAGE}/I01' not in own, "the own example is no example"


def test_a_board_member_reads_that_another_region_used_it_and_not_which(reader: Reader) -> None:
    page = text(reader, "board_member", f"{PAGE}/I01")
    assert "gebruikt door 1 andere regio" in page
    assert "Werkproces en patiëntuitleg overgenomen." not in page


def test_the_insurer_reads_who_used_it_and_who_ignored_it(reader: Reader) -> None:
    page = text(reader, "insurer_region_manager", f"{PAGE}/I01")
    assert "gebruikt door RSV Tolvenaar" in page
    assert "Werkproces en patiëntuitleg overgenomen." in page
    assert "Geen tijd genomen om te kijken." in page


def test_the_file_holds_the_examples_with_their_number_of_users(reader: Reader) -> None:
    body = reader("board_member").get(f"{PAGE}?formaat=csv").get_data(as_text=True)
    assert "Portaal voor iedereen;RSV Wolderveen;T1.1;15-1-2024" in body


def test_an_initiative_tells_what_it_was_taken_from_and_who_took_it_over(reader: Reader) -> None:
    taken = text(reader, "insurer_region_manager", "/initiatieven/I08")
    link = f'<a href="{PAGE}/I01">Portaal voor iedereen, RSV Wolderveen</a>'
    assert f"Voorbeeld van elders, gebruikt: {link}. Werkproces en patiëntuitleg overgenomen." in taken
    assert f'Gedeeld als goed voorbeeld, <a href="{PAGE}/I01">gebruikt door RSV Tolvenaar</a>' in text(
        reader, "insurer_region_manager", "/initiatieven/I01"
    )
