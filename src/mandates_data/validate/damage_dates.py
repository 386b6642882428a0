from ..package.model import Field
from .damage_kinds import Kind
def change_of_moment(old: str, new: str, field: Field) -> tuple[Kind, ...]:
    return ()
