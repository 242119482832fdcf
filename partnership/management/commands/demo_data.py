from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Creates the demo's invented data, or adds what is missing of them since the last start."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each of our apps brings its own: `create_demo_data` in its module `demo_data`."""
        if not settings.DEMO:
            raise CommandError("Beispieldaten gibt es nur in einer Demo. Setzen Sie dafür DEMO=1.")
        for config in apps.get_app_configs():
            is_ours = Path(config.path).parent == settings.BASE_DIR
            if is_ours and find_spec(f"{config.name}.demo_data"):
                import_module(f"{config.name}.demo_data").create_demo_data()
