from tests.partnership.photos.steps import rooms_have_photos

__all__ = ["rooms_have_photos"]
