"""The descriptor, its schemas and its dialects against the text of the Data Package standard, version 2.

Read are the descriptor and the schema and dialect files that it names, and nothing else: no table, no network. A
`$schema` is compared with the standard's own addresses and never fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ...errors import PackageError
from ...package.store import Store, read_bytes
from ..findings import Finding, Rule, by_code
from . import (
    constraint_rules,
    dialect_rules,
    field_rules,
    package_rules,
    resource_rules,
    shape_rules,
    table_schema_rules,
)
from .codes_descriptor import RULES
from .documents import Defect, Documents, Place, read_documents
from .json_lines import lines_of_places, place_text

Check = Callable[[Documents], Iterable[Defect]]

CHECKS: Mapping[str, Check] = {
    "MD500": shape_rules.unreadable_file,
    "MD501": shape_rules.wrong_kind_of_value,
    "MD502": shape_rules.value_not_known,
    "MD503": shape_rules.required_property_absent,
    "MD504": shape_rules.empty_list,
    "MD505": shape_rules.schema_address_malformed,
    "MD506": shape_rules.schema_version_not_two,
    "MD507": shape_rules.old_spelling,
    "MD508": shape_rules.misspelt_property,
    "MD509": shape_rules.reference_not_followed,
    "MD510": shape_rules.descriptor_name_unusual,
    "MD511": package_rules.name_not_simple,
    "MD512": package_rules.recommended_property_absent,
    "MD513": package_rules.version_not_semantic,
    "MD514": package_rules.created_malformed,
    "MD515": package_rules.homepage_malformed,
    "MD516": package_rules.license_says_nothing,
    "MD517": package_rules.license_name_unusual,
    "MD518": package_rules.person_or_source_says_nothing,
    "MD519": package_rules.person_or_source_untitled,
    "MD520": package_rules.email_malformed,
    "MD521": package_rules.contributor_path_malformed,
    "MD522": package_rules.path_malformed,
    "MD530": resource_rules.resource_name_repeated,
    "MD531": resource_rules.data_here_and_there,
    "MD532": resource_rules.path_hidden,
    "MD533": resource_rules.inline_data_malformed,
    "MD534": resource_rules.format_unlike_path,
    "MD535": resource_rules.mediatype_malformed,
    "MD536": resource_rules.encoding_not_known,
    "MD537": resource_rules.bytes_negative,
    "MD538": resource_rules.hash_malformed,
    "MD539": resource_rules.hash_not_checkable,
    "MD540": resource_rules.table_without_schema,
    "MD541": dialect_rules.not_supported,
    "MD545": dialect_rules.not_one_character,
    "MD546": dialect_rules.quote_and_escape,
    "MD547": dialect_rules.row_number_below_one,
    "MD548": dialect_rules.same_sign_twice,
    "MD549": dialect_rules.property_of_other_formats,
    "MD550": table_schema_rules.field_name_repeated,
    "MD551": table_schema_rules.missing_values_malformed,
    "MD552": table_schema_rules.missing_value_repeated,
    "MD553": table_schema_rules.primary_key_without_field,
    "MD554": table_schema_rules.unique_key_without_field,
    "MD555": table_schema_rules.foreign_key_without_field,
    "MD556": table_schema_rules.foreign_key_without_resource,
    "MD557": table_schema_rules.foreign_key_without_target_field,
    "MD558": table_schema_rules.foreign_key_of_other_length,
    "MD559": table_schema_rules.foreign_key_names_itself,
    "MD560": table_schema_rules.foreign_key_leaves_package,
    "MD561": table_schema_rules.foreign_key_to_no_key,
    "MD562": table_schema_rules.foreign_key_of_other_type,
    "MD563": table_schema_rules.primary_key_out_of_order,
    "MD565": field_rules.type_not_known,
    "MD566": field_rules.format_not_of_type,
    "MD567": field_rules.time_pattern_malformed,
    "MD568": field_rules.format_any,
    "MD569": field_rules.property_of_other_type,
    "MD570": field_rules.signs_of_number_clash,
    "MD571": field_rules.truth_values_clash,
    "MD572": field_rules.list_delimiter_empty,
    "MD573": field_rules.rdf_type_malformed,
    "MD574": field_rules.categories_of_other_type,
    "MD575": field_rules.categories_malformed,
    "MD576": field_rules.category_repeated,
    "MD577": field_rules.order_without_categories,
    "MD578": constraint_rules.example_not_of_type,
    "MD580": shape_rules.constraint_not_known,
    "MD581": constraint_rules.constraint_of_other_type,
    "MD582": constraint_rules.length_negative,
    "MD583": constraint_rules.bound_not_of_type,
    "MD584": constraint_rules.bounds_contradict,
    "MD585": constraint_rules.pattern_unreadable,
    "MD586": constraint_rules.pattern_not_xml_schema,
    "MD587": constraint_rules.pattern_anchored,
    "MD588": constraint_rules.enum_not_of_type,
    "MD589": constraint_rules.enum_repeated,
    "MD590": constraint_rules.enum_outside_categories,
    "MD591": constraint_rules.json_schema_reaches_out,
    "MD592": constraint_rules.pattern_explodes,
}
"""The function that judges by each code of `codes_descriptor.RULES`."""


def check_descriptor(store: Store) -> list[Finding]:
    """All that the standard has against a package's descriptor, schemas and dialects, in the order of the files.

    Where `package.parse.read_package` cannot read a descriptor, one of the findings at least is an error. A finding's
    `path` is the file, its message begins with the place in it (`fields[2].constraints.minLength`).

    Raises
    ------
    PackageError
        The descriptor is not there or is not JSON.
    UnsafeReferenceError
        A path leaves the package or is remote. It is raised before any file but the descriptor is opened.
    """
    documents = read_documents(store)
    rules = by_code(RULES)
    found = [(rules[code], defect) for code, check in CHECKS.items() for defect in check(documents)]
    return list(_findings(store, found))


def _findings(store: Store, found: list[tuple[Rule, Defect]]) -> Iterator[Finding]:
    wanted: dict[str, set[Place]] = {}
    for _rule, defect in found:
        ways = (defect.place[:length] for length in range(len(defect.place) + 1))
        wanted.setdefault(defect.file, set()).update(ways)
    lines = {file: _lines(store, file, places) for file, places in wanted.items()}
    placed = [(_line(lines[defect.file], defect), rule, defect) for rule, defect in found]
    placed.sort(key=lambda one: (one[2].file != store.descriptor, one[2].file, one[0] or 0, one[1].code))
    for line, rule, defect in placed:
        place = place_text(defect.place)
        yield rule.finding(
            f"{place}: {defect.message}" if place else defect.message,
            path=defect.file,
            line=line,
            resource=defect.resource or None,
            field=defect.field or None,
            seen=defect.seen or None,
            expected=defect.expected or None,
            mend=rule.mend,
        )


def _lines(store: Store, file: str, wanted: set[Place]) -> Mapping[Place, int]:
    try:
        text = read_bytes(store, file).decode("utf-8")
        return lines_of_places(text, wanted, max(map(len, wanted)))
    except (PackageError, UnicodeDecodeError, ValueError):
        return {}


def _line(lines: Mapping[Place, int], defect: Defect) -> int | None:
    """The line of the value, or of what it would stand in if it were there."""
    place = defect.place
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)
