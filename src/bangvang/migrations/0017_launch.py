import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery


def name_the_last_day(apps, schema_editor):
    """Reminders that stand were drafted for their period's last day as it is now."""
    reminder, period = apps.get_model("bangvang", "Reminder"), apps.get_model("bangvang", "Period")
    due = period.objects.filter(pk=OuterRef("period")).values("due_on")[:1]
    reminder.objects.update(due_on=Subquery(due))


class Migration(migrations.Migration):
    dependencies = [("bangvang", "0016_marks")]

    operations = [
        migrations.CreateModel(
            name="Launch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày gửi")),
                ("acknowledge_by", models.DateField(verbose_name="hạn xác nhận")),
                ("register_by", models.DateField(verbose_name="hạn đăng ký")),
                ("units", models.JSONField(default=list, verbose_name="đơn vị")),
                ("charges", models.JSONField(default=list, verbose_name="việc giao")),
                ("total", models.PositiveIntegerField(verbose_name="số đơn vị")),
                ("reached", models.PositiveIntegerField(default=0, verbose_name="đã đến")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bangvang.event",
                        verbose_name="sự kiện",
                    ),
                ),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="launches",
                        to="bangvang.movement",
                        verbose_name="phong trào",
                    ),
                ),
            ],
            options={
                "verbose_name": "đợt triển khai",
                "verbose_name_plural": "đợt triển khai",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(reached__lte=F("total")), name="a_launch_reaches_no_more_than_its_units"
                    )
                ],
            },
        ),
        migrations.AddField(
            "rollout",
            "extended_on",
            models.DateField(blank=True, editable=False, null=True, verbose_name="gia hạn ngày"),
        ),
        migrations.AddField(
            "period",
            "extended_on",
            models.DateField(blank=True, editable=False, null=True, verbose_name="gia hạn ngày"),
        ),
        migrations.AddIndex(
            "figure", models.Index(fields=["report", "indicator", "value"], name="figures_of_a_report")
        ),
        migrations.AlterField(
            "figure",
            "report",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figures",
                to="bangvang.report",
            ),
        ),
        migrations.AddField(
            "reminder", "due_on", models.DateField(editable=False, null=True, verbose_name="hạn gửi khi nhắc")
        ),
        migrations.RunPython(name_the_last_day, migrations.RunPython.noop),
        migrations.AlterField(
            "reminder", "due_on", models.DateField(editable=False, verbose_name="hạn gửi khi nhắc")
        ),
        migrations.RemoveConstraint("reminder", "an_occasion_has_one_reminder"),
        migrations.AddConstraint(
            "reminder",
            models.UniqueConstraint(fields=("rule", "period", "due_on"), name="an_occasion_has_one_reminder"),
        ),
    ]
