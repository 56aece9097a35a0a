"""What every test may lean on: the data folders, and how hypothesis behaves here."""

from pathlib import Path

from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent

# Several tests share two cores, so time says nothing here: no deadline, and no complaint about slow data.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
