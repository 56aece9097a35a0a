"""How hypothesis behaves here: every test may lean on it, and two cores are shared by many."""

from hypothesis import HealthCheck, settings

# Time says nothing on a shared machine: no deadline, and no complaint about slow data.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", parent=settings.get_profile("house"), max_examples=30)
settings.load_profile("house")
