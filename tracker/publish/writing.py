"""The forms of weeks as files: as they were published, else as the history gives them today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.exchange.writing.output_folder import (
    ANNOUNCED,
    OutputFolder,
    Written,
    writing_into,
)
from tracker.language import Language
from tracker.publish.forms import Form, file_bytes, file_name, render_form
from tracker.register import Register
from tracker.snapshot.published import ReadPage, published_text
from tracker.snapshot.stored import snapshot_of
from tracker.snapshot.values import WeekValue
from tracker.snapshot.week import read_week
from tracker.week import Week


@dataclass(frozen=True)
class WeekForms:
    """Gives the forms of weeks of one register.

    ``read_page`` reads what was kept of a published form; what was not kept, and a week that
    was not published, is rendered as of ``today`` in ``language``.
    """

    register: Register
    today: date
    language: Language
    read_page: ReadPage

    def published(self, week: Week, form: Form) -> str | None:
        """Return the text of a form as it was published; None where it was not kept."""
        snapshot = snapshot_of(self.register, week)
        if snapshot is None:
            return None
        return published_text(snapshot, form.key, self.read_page)

    def render(self, week: Week, form: Form) -> str:
        """Return the text of a form as the history gives it today."""
        return self._render(form, read_week(self.register, week, self.today))

    def _render(self, form: Form, value: WeekValue) -> str:
        return render_form(
            form,
            self.register,
            value,
            self.today,
            self.language,
        )

    def is_final(self, week: Week) -> bool:
        """Return whether the figures of the week are final."""
        snapshot = snapshot_of(self.register, week)
        return (
            week.is_complete(self.today) if snapshot is None else snapshot.final
        )

    def announce(
        self,
        folder: Path,
        week: Week,
        forms: Sequence[Form],
    ) -> None:
        """Remember in a folder that files of a complete week are about to be published into it.

        Raises ``Rejected`` where the folder cannot be written.
        """
        names = [self._name_final(week, form) for form in forms]
        OutputFolder(folder, self.language).announce(names)

    def find_unwritten(
        self,
        folder: Path,
        forms: Sequence[Form],
    ) -> list[Week]:
        """Return the weeks that were published for a folder while their files did not come to be."""
        output = OutputFolder(folder, self.language)
        finals = sorted(
            Week.parse(snapshot.week)
            for snapshot in self.register.snapshots.values()
            if snapshot.final
        )
        return [
            week
            for week in finals
            if any(
                output.is_known(self._name_final(week, form), ANNOUNCED)
                for form in forms
            )
        ]

    def _name_final(self, week: Week, form: Form) -> str:
        return file_name(str(week), form, self.language, final=True)

    def write(
        self,
        folder: Path,
        week: Week,
        forms: Sequence[Form],
    ) -> list[Written]:
        """Write the files of a week; one that somebody has edited is kept beside.

        Raises ``Rejected`` where the folder cannot be written.
        """
        final = self.is_final(week)
        value: WeekValue | None = None
        written: list[Written] = []
        with writing_into(folder, self.language) as output:
            for form in forms:
                text = self.published(week, form)
                if not text:
                    # Reading a week takes most of the time, and is the same for every form.
                    value = value or read_week(self.register, week, self.today)
                    text = self._render(form, value)
                name = file_name(str(week), form, self.language, final=final)
                written.append(output.write(name, file_bytes(form, text)))
        return written
