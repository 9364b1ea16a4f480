from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bangvang", "0018_standing_is_a_copy"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dossier",
            name="a_unit_has_one_dossier_in_a_movement",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="a_unit_has_one_yearly_dossier",
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("movement__isnull", False), models.Q(("state", "accepted"), _negated=True)),
                fields=("unit", "movement"),
                name="a_unit_has_one_dossier_at_a_time_in_a_movement",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("movement__isnull", True), models.Q(("state", "accepted"), _negated=True)),
                fields=("unit", "year"),
                name="a_unit_has_one_yearly_dossier_at_a_time",
            ),
        ),
    ]
