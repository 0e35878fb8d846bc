from typing import Any

from django.db import migrations

# Live hours of one person share no minute; those that touch do not overlap. Kept by the database for every writer.
# PostgreSQL: ranges without an extension. SQLite has no exclusion: triggers say the same. Whoever changes the table of
# hours on SQLite makes it anew without them: tests/certificates/test_mentoring.py would tell.
POSTGRESQL = """
ALTER TABLE certificates_hoursentry ADD CONSTRAINT live_hours_never_overlap EXCLUDE USING gist (
    int8range(learner_id, learner_id, '[]') WITH &&,
    tsrange(day + starts_at, day + starts_at + minutes * interval '1 minute') WITH &&
) WHERE (is_live)
"""
SQLITE = """
CREATE TRIGGER live_hours_never_overlap_{name} BEFORE {event} ON certificates_hoursentry WHEN NEW.is_live
BEGIN
    SELECT RAISE(ABORT, 'live_hours_never_overlap') WHERE EXISTS (
        SELECT 1 FROM certificates_hoursentry AS other
        WHERE other.learner_id = NEW.learner_id AND other.day = NEW.day AND other.is_live AND other.id <> NEW.id
        AND strftime('%s', other.starts_at) + 0 < strftime('%s', NEW.starts_at) + NEW.minutes * 60
        AND strftime('%s', NEW.starts_at) + 0 < strftime('%s', other.starts_at) + other.minutes * 60
    );
END
"""
EVENTS = {"new": "INSERT", "changed": "UPDATE OF is_live, learner_id, day, starts_at, minutes"}


def keep(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for name, event in EVENTS.items():
            schema_editor.execute(SQLITE.format(name=name, event=event), params=None)


def let_go(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE certificates_hoursentry DROP CONSTRAINT live_hours_never_overlap")
    else:
        for name in EVENTS:
            schema_editor.execute(f"DROP TRIGGER live_hours_never_overlap_{name}")


class Migration(migrations.Migration):
    dependencies = [("certificates", "0010_month_sheets")]
    operations = [migrations.RunPython(keep, let_go)]
