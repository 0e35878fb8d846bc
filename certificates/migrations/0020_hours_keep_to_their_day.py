from typing import Any

from django.db import migrations

# What the rule refuses (certificates/rules/hours.py), refused by the database for every writer: hours of a day that has
# begun nowhere on earth, outside their placement, or above ten hours a day of one person. Reversals only take away.
# Whoever changes the table of hours on SQLite makes it anew without these triggers, as without those of 0011.
POSTGRESQL = """
CREATE FUNCTION certificates_hours_keep_to_their_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.day > (NEW.logged_at AT TIME ZONE 'UTC' + interval '14 hours')::date THEN
        RAISE EXCEPTION 'hours_are_of_a_day_that_came' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.is_live AND NOT EXISTS (
        SELECT 1 FROM certificates_placement AS place WHERE place.id = NEW.placement_id
        AND place.learner_id = NEW.learner_id
        AND NEW.day >= place.starts_on AND (place.ends_on IS NULL OR NEW.day <= place.ends_on)
    ) THEN
        RAISE EXCEPTION 'hours_lie_within_their_placement' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.is_live AND NEW.minutes + COALESCE((
        SELECT SUM(other.minutes) FROM certificates_hoursentry AS other
        WHERE other.learner_id = NEW.learner_id AND other.day = NEW.day AND other.is_live AND other.id <> NEW.id
    ), 0) > 600 THEN
        RAISE EXCEPTION 'a_day_holds_ten_hours' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hours_keep_to_their_day
BEFORE INSERT OR UPDATE OF is_live, learner_id, day, minutes, placement_id ON certificates_hoursentry
FOR EACH ROW EXECUTE FUNCTION certificates_hours_keep_to_their_day();
"""
SQLITE = """
CREATE TRIGGER hours_keep_to_their_day_{name} BEFORE {event} ON certificates_hoursentry
BEGIN
    SELECT RAISE(ABORT, 'hours_are_of_a_day_that_came') WHERE NEW.day > date(NEW.logged_at, '+14 hours');
    SELECT RAISE(ABORT, 'hours_lie_within_their_placement') WHERE NEW.is_live AND NOT EXISTS (
        SELECT 1 FROM certificates_placement AS place WHERE place.id = NEW.placement_id
        AND place.learner_id = NEW.learner_id
        AND NEW.day >= place.starts_on AND (place.ends_on IS NULL OR NEW.day <= place.ends_on)
    );
    SELECT RAISE(ABORT, 'a_day_holds_ten_hours') WHERE NEW.is_live AND NEW.minutes + COALESCE((
        SELECT SUM(other.minutes) FROM certificates_hoursentry AS other
        WHERE other.learner_id = NEW.learner_id AND other.day = NEW.day AND other.is_live AND other.id <> NEW.id
    ), 0) > 600;
END
"""
EVENTS = {"new": "INSERT", "changed": "UPDATE OF is_live, learner_id, day, minutes, placement_id"}


def keep(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
    else:
        for name, event in EVENTS.items():
            schema_editor.execute(SQLITE.format(name=name, event=event), params=None)


def let_go(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER hours_keep_to_their_day ON certificates_hoursentry")
        schema_editor.execute("DROP FUNCTION certificates_hours_keep_to_their_day()")
    else:
        for name in EVENTS:
            schema_editor.execute(f"DROP TRIGGER hours_keep_to_their_day_{name}")


class Migration(migrations.Migration):
    dependencies = [("certificates", "0019_who_is_covered")]
    operations = [migrations.RunPython(keep, let_go)]
