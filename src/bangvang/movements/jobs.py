"""The background work of a roll-out to many units. A successor of a killed worker goes on after the last part committed."""

from bangvang.kernel import bulk
from bangvang.kernel.leases import Held, job
from bangvang.movements import launching
from bangvang.movements.models import Assignment, Launch, Movement, Registration, RollOut


@job(launching.LAUNCH)
def launch(held: Held, launch_id: int) -> None:
    """Every unit of the launch, CHUNK at a time; none more once the movement is over."""
    found = Launch.objects.select_related("movement", "event").get(pk=launch_id)
    more = found.reached < found.total
    while more:
        with held.chunk():
            is_open = Movement.objects.filter(pk=found.movement_id, state__in=Movement.OPEN_STATES).exists()
            more = is_open and launching.push_next(found, most=launching.CHUNK)
        held.breathe()
    bulk.renew_statistics(RollOut, Registration, Assignment)
