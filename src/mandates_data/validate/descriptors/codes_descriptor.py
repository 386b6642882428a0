"""The rules on descriptors and schemas: `MD5xx`. `descriptor.CHECKS` says which function judges by each."""

from __future__ import annotations

from ..findings import Rule

_SEE = "The text of the Data Package standard, version 2, is at https://datapackage.org/standard/."

RULES: tuple[Rule, ...] = (
    Rule(
        "MD500", "file-not-json", "A schema or dialect file cannot be read",
        "The descriptor names a file that is not there, or that is not a JSON object in UTF-8. Without it nothing is "
        "known of the table.",
        "Check the path, and mend the file at the place that the message names.",
    ),
    Rule(
        "MD501", "wrong-kind-of-value", "A property is not of its kind",
        "The standard says of each property whether it is text, a number, true or false, a list or an object. "
        'A program that expects a list stumbles over a text, and "true" in quotes is a text. null is never right.',
        "Write a value of the kind that the message names, or leave the property out.",
    ),
    Rule(
        "MD502", "value-not-known", "A property has none of its known values",
        "For some properties the standard lists the few values that they may have.",
        "Write one of the listed values, in lower case.",
    ),
    Rule(
        "MD503", "property-absent", "A required property is not there",
        f"The standard requires this property. {_SEE}",
        "Add the property.",
    ),
    Rule(
        "MD504", "empty-list", "A list that must have an item is empty",
        "An empty list says nothing, and the standard's profiles refuse it here.",
        "Add an item, or leave the property out.",
    ),
    Rule(
        "MD505", "schema-address-malformed", "`$schema` is not the address of a profile of that kind",
        "`$schema` tells programs which version of the standard a file follows. It is compared and never fetched.",
        "Write the address that the message names.",
    ),
    Rule(
        "MD506", "not-version-two", "A file does not say that it follows version 2",
        "Without `$schema` a program takes version 1.0 for granted, which lacks several of today's properties. The "
        "rules here are those of version 2.",
        "Add the `$schema` that the message names.", "warning",
    ),
    Rule(
        "MD507", "old-spelling", "A property is written as in an earlier version",
        "It is still understood, but not by every program, and not forever.",
        "Write it as the message says.", "warning",
    ),
    Rule(
        "MD508", "misspelt-property", "A property looks like one of the standard and is none",
        "Properties of one's own are allowed, so programs pass over a misspelt one without a word: what it should "
        "demand is never checked.",
        "Write the property as the standard does. If it is your own, give it a name with a prefix, such as "
        "`ours:name`.", "warning",
    ),
    Rule(
        "MD509", "reference-not-followed", "`$ref` is not followed",
        "The standard knows objects and paths of files in these places, and no `$ref`.",
        "Write the object itself, or the path of a file that holds it.", "warning",
    ),
    Rule(
        "MD510", "descriptor-name", "The descriptor is not called datapackage.json",
        "Programs look for datapackage.json. Another name is for use inside a project only.",
        "Call the file datapackage.json before you publish it.", "warning",
    ),
    Rule(
        "MD511", "name-not-simple", "A name is hard to use in addresses and file names",
        "A name of lower-case letters without accents, digits, `.`, `-` and `_` works everywhere.",
        "Write a simpler name, and put the full one into `title`.", "warning",
    ),
    Rule(
        "MD512", "recommended-property-absent", "The package lacks a property that it should have",
        "A name and an id let others refer to the package; without a license nobody may use it.",
        "Add the property.", "warning",
    ),
    Rule(
        "MD513", "version-not-semantic", "The version is not three numbers",
        "Programs compare versions number by number, as https://semver.org describes.",
        "Write three whole numbers with points between them, such as 1.0.0.", "warning",
    ),
    Rule(
        "MD514", "created-malformed", "`created` is not a day and time with its zone",
        "The standard asks for the form of RFC 3339, so that no program has to guess.",
        "Write it as 2026-11-24T00:00:00Z: day, T, time, and Z or the hours from Greenwich.",
    ),
    Rule(
        "MD515", "homepage-malformed", "`homepage` is not a complete web address",
        "An address without https:// leads nowhere.",
        "Copy the address from the browser.",
    ),
    Rule(
        "MD516", "license-says-nothing", "A license has neither name nor path",
        "One of the two is needed to know which license is meant.",
        "Add the license's short name, such as CC-BY-4.0, or the address of its text.",
    ),
    Rule(
        "MD517", "license-name-unusual", "A license's name is no identifier",
        "The name is an identifier of the Open Definition's list, such as CC-BY-4.0; its full name is the `title`.",
        "Write the identifier.", "warning",
    ),
    Rule(
        "MD518", "entry-says-nothing", "A contributor or source is empty",
        "An entry must have a property at least.",
        "Say who or what it is in `title`, or remove the entry.",
    ),
    Rule(
        "MD519", "entry-without-title", "A contributor or source has no title",
        "The title is what people are shown.",
        "Add a `title`.", "warning",
    ),
    Rule(
        "MD520", "email-malformed", "An e-mail address is not one",
        "Nobody can be reached by it.",
        "Write it as name@example.org.",
    ),
    Rule(
        "MD521", "contributor-path-malformed", "A contributor's path is not a complete web address",
        "It is to lead to a page on the person or organization.",
        "Write an address with https:// in front, or leave it out.",
    ),
    Rule(
        "MD522", "path-malformed", "A path is neither a web address nor a path inside the package",
        "Paths begin at the descriptor's folder, with / between folders; what lies outside is not part of the package.",
        "Write a path such as docs/license.txt, or a complete web address.",
    ),
    Rule(
        "MD530", "resource-name-repeated", "Two resources have one name",
        "A table is found by its name.",
        "Give each a name of its own.",
    ),
    Rule(
        "MD531", "data-here-and-there", "A resource does not say in one way where its rows are",
        "It must have `path` or `data`, and not both: nobody could know which is right.",
        "Keep `path`.",
    ),
    Rule(
        "MD532", "path-hidden", "A path goes through a hidden folder",
        "Folders and files whose names begin with a dot are hidden, and the standard forbids them.",
        "Rename the folder, without the dot. A path needs no ./ in front.",
    ),
    Rule(
        "MD533", "inline-data-malformed", "Data inside the descriptor is not rows",
        "The data of a table is a list of rows; data as text needs a `format`.",
        "Put the rows into a file and name it by `path`.",
    ),
    Rule(
        "MD534", "format-unlike-path", "The format is not the file's extension",
        "Programs choose how to read the file by `format`.",
        "Write the extension in lower case without its dot, or leave `format` out.", "warning",
    ),
    Rule(
        "MD535", "mediatype-malformed", "`mediatype` is not a media type",
        "A media type is two words with a slash, from a list that IANA keeps.",
        "Write text/csv for a CSV file.",
    ),
    Rule(
        "MD536", "encoding-not-known", "The encoding is not known",
        "The encoding says how bytes become letters. Without a known one the table cannot be read.",
        "Write utf-8, and save the table so.",
    ),
    Rule(
        "MD537", "bytes-negative", "The size is less than 0",
        "`bytes` is the size of the file.",
        "Write the size, or leave it out.",
    ),
    Rule(
        "MD538", "hash-malformed", "`hash` is not written as the standard has it",
        "The hash proves that the file is the published one. It is the name of the algorithm, a colon and digits, or "
        "the 32 digits of an MD5 alone.",
        "Compute it again, or leave it out.",
    ),
    Rule(
        "MD539", "hash-not-checkable", "The hash is of an unknown kind",
        "It can be written down, but nothing here can check it.",
        "Use sha256.", "warning",
    ),
    Rule(
        "MD540", "table-without-schema", "A table has no schema",
        "The schema says which columns there are and what is in them. Without it nothing can be checked.",
        "Add a `schema` with its `fields`.", "warning",
    ),
    Rule(
        "MD541", "not-supported", "The descriptor asks for something that is not done here",
        "The standard allows it, and other programs may do it. It is refused rather than read wrongly.",
        "Write the table as one CSV file with one header row.",
    ),
    Rule(
        "MD545", "not-one-character", "A sign of the dialect is too long or empty",
        "Quotes and escapes are one character; a delimiter is at least one.",
        "Write one character.",
    ),
    Rule(
        "MD546", "quote-and-escape", "Quotes and escapes are both stated",
        "The standard has them exclude each other.",
        "Keep `quoteChar`, and leave `escapeChar` out.",
    ),
    Rule(
        "MD547", "row-number-below-one", "A row number is less than 1",
        "Rows and sheets are counted from 1.",
        "Add one.",
    ),
    Rule(
        "MD548", "same-sign-twice", "One sign has two meanings in the dialect",
        "If the same character parts the cells and quotes them, no file can be read for certain.",
        "Choose different signs.",
    ),
    Rule(
        "MD549", "property-of-other-formats", "A property of the dialect is for other files",
        "It is for spreadsheets, databases or JSON, and says nothing about delimited text.",
        "Leave it out.", "warning",
    ),
    Rule(
        "MD550", "field-name-repeated", "Two fields have one name",
        "A column is found by its name.",
        "Give each a name of its own, in the schema and in the table's header.",
    ),
    Rule(
        "MD551", "missing-values-malformed", "A missing value is not text",
        "What stands for a missing value is compared with cells as text: -99 is written in quotes here.",
        'Write a list of texts, such as ["", "-99"], or of objects with `value` and `label`.',
    ),
    Rule(
        "MD552", "missing-value-repeated", "A missing value stands there twice",
        "The standard has each value and each label once.",
        "Remove one.",
    ),
    Rule(
        "MD553", "primary-key-without-field", "The primary key names no field, or one twice",
        "A key is made of fields of the schema.",
        "Write the names as they stand in `fields`.",
    ),
    Rule(
        "MD554", "unique-key-without-field", "A unique key names no field, or one twice",
        "A key is made of fields of the schema.",
        "Write the names as they stand in `fields`.",
    ),
    Rule(
        "MD555", "foreign-key-without-field", "A foreign key is made of a field that is not there",
        "Its outer `fields` are those of this table.",
        "Write the names as they stand in `fields`.",
    ),
    Rule(
        "MD556", "foreign-key-without-resource", "A foreign key points to a table that is not there",
        "Its `resource` is the name of another resource of the package.",
        "Write the name of the resource, or remove the foreign key.",
    ),
    Rule(
        "MD557", "foreign-key-without-target", "A foreign key points to a field that is not there",
        "The `fields` of its reference are those of the other table.",
        "Write the names as they stand in the other schema.",
    ),
    Rule(
        "MD558", "foreign-key-of-other-length", "A foreign key has more fields on one side",
        "The fields are compared one with one, in order.",
        "Name as many fields here as there.",
    ),
    Rule(
        "MD559", "foreign-key-names-itself", "A foreign key names its own table",
        "For a reference inside one table the standard has `resource` left out.",
        "Remove `resource`.",
    ),
    Rule(
        "MD560", "foreign-key-leaves-package", "A foreign key points into another package",
        "Other packages are never read, so nothing is checked.",
        "Put the other table into this package, or remove the foreign key.", "warning",
    ),
    Rule(
        "MD561", "foreign-key-to-no-key", "A foreign key points to fields that are no key",
        "A row could then belong to several rows of the other table, and nobody could know to which.",
        "Make those fields the primary key of the other table, or a unique key.", "warning",
    ),
    Rule(
        "MD562", "foreign-key-of-other-type", "The two sides of a foreign key are of different types",
        "The text 1 and the number 1 are not the same value.",
        "Give both fields the same type.", "warning",
    ),
    Rule(
        "MD563", "primary-key-out-of-order", "The primary key is not in the order of the fields",
        "Programs may put the parts together in the order of the key; one order is easier to read.",
        "Put the names into the order of `fields`.", "warning",
    ),
    Rule(
        "MD565", "type-not-known", "A field's type is not known",
        "The standard lists the types that a field may have.",
        "Write one of those, or leave `type` out.",
    ),
    Rule(
        "MD566", "format-not-of-type", "A field's format is none of its type",
        "Each type has its own formats; most have `default` alone.",
        "Write one of those that the message names, or leave `format` out.",
    ),
    Rule(
        "MD567", "time-pattern-malformed", "The form of a date or time cannot be read",
        "It is written with signs such as %Y (year), %m (month), %d (day), %H (hour), %M (minute) and %S (second).",
        "Write a form such as %d/%m/%Y, or `default` for 2009-04-19.",
    ),
    Rule(
        "MD568", "format-any", "Each program guesses how the date or time is written",
        "The standard does not recommend `any`, since 04/06/2009 is 4 June for some and April 6 for others.",
        "Say the form, or write the cells as the default has them.", "warning",
    ),
    Rule(
        "MD569", "property-of-other-type", "A property of the field is for another type",
        "It says nothing here, and a reader may think that it does.",
        "Leave it out, or change the type.", "warning",
    ),
    Rule(
        "MD570", "signs-of-number-clash", "The signs in numbers cannot be told apart",
        "The decimal sign and the sign between thousands must differ from each other and from digits.",
        "Choose another sign.",
    ),
    Rule(
        "MD571", "truth-values-clash", "One text stands for true and for false",
        "Nobody could know which is meant.",
        "Remove it from one of the two lists.",
    ),
    Rule(
        "MD572", "list-delimiter-empty", "The delimiter of a list is empty",
        "Without it no item could be told from the next.",
        "Write the character between the items, or leave it out for a comma.",
    ),
    Rule(
        "MD573", "rdf-type-malformed", "`rdfType` is not a complete address",
        "It is the address of a class of things.",
        "Write an address such as http://schema.org/Country.",
    ),
    Rule(
        "MD574", "categories-of-other-type", "A field has categories that its type cannot have",
        "The standard has categories for text and whole numbers.",
        "List the values in `constraints.enum` instead.",
    ),
    Rule(
        "MD575", "categories-malformed", "A category is not written as the standard has it",
        "Categories are values of the field's type, or objects with such a `value` and perhaps a `label`.",
        'Write them as ["apple", "orange"], or as [{"value": 0, "label": "apple"}].',
    ),
    Rule(
        "MD576", "category-repeated", "A category stands there twice",
        "The standard has each value and each label once.",
        "Remove one.",
    ),
    Rule(
        "MD577", "order-without-categories", "An order is stated of categories that are not there",
        "`categoriesOrdered` says nothing without `categories`.",
        "Add `categories`, or leave it out.", "warning",
    ),
    Rule(
        "MD578", "example-not-of-type", "The example is no value of its field",
        "People copy examples. This one would be refused.",
        "Write an example that the column could hold.", "warning",
    ),
    Rule(
        "MD580", "demand-not-known", "A demand on values is not of the standard",
        "Programs pass over it without a word: nothing is checked.",
        "Use one of the standard's, or remove it.", "warning",
    ),
    Rule(
        "MD581", "demand-of-other-type", "A demand on values is for other types",
        "A length is for texts and lists, a least value for numbers and dates, a pattern for texts.",
        "Remove it, or change the field's type.",
    ),
    Rule(
        "MD582", "length-negative", "A length is less than 0",
        "`minLength` and `maxLength` count characters or items.",
        "Write 0 or more.",
    ),
    Rule(
        "MD583", "bound-not-of-type", "A least or greatest value is none of the field's type",
        "It could not be compared with any cell.",
        "Write it as the cells of the column are written.",
    ),
    Rule(
        "MD584", "bounds-contradict", "No value can keep both bounds",
        "The least value is above the greatest, so every cell would be wrong.",
        "Swap or mend the bounds.",
    ),
    Rule(
        "MD585", "pattern-unreadable", "The pattern cannot be read",
        "A pattern describes which texts are right, such as [0-9]{4} for four digits. This one has a mistake.",
        "Mend it at the place that the message names.",
    ),
    Rule(
        "MD586", "pattern-not-portable", "The pattern has a part that the standard's patterns lack",
        "The standard has the patterns of XML Schema. Other programs would refuse this one or read it otherwise.",
        r"Write it without that part: (a|b) for (?:a|b); a list of characters for \b and the like.",
    ),
    Rule(
        "MD587", "pattern-anchored", "The pattern has ^ or $",
        "A pattern describes the whole value. In the patterns of XML Schema ^ and $ are ordinary signs; the standard's "
        "own example has them as line ends.",
        "Leave them out.", "warning",
    ),
    Rule(
        "MD588", "allowed-value-not-of-type", "An allowed value is none of the field's type",
        "No cell could ever equal it.",
        "Write it as the cells of the column are written.",
    ),
    Rule(
        "MD589", "allowed-value-repeated", "An allowed value stands there twice",
        "Each value is listed once.",
        "Remove one.",
    ),
    Rule(
        "MD590", "allowed-value-no-category", "An allowed value is none of the categories",
        "The standard has the allowed values be a part of the categories.",
        "Add it to `categories`, or remove it.",
    ),
    Rule(
        "MD591", "json-schema-reaches-out", "A JSON Schema refers to something outside itself",
        "Nothing is fetched, so values could not be checked.",
        "Copy what it refers to into the schema, under `definitions`.",
    ),
    Rule(
        "MD592", "pattern-explodes", "The pattern can keep a program busy for years",
        "Most programs try one reading of a text after the other. Where a repetition stands inside another, as in "
        "([a-z]+-?)+, each further letter doubles their number, and one cell of forty letters holds everything up. "
        "Here such a pattern is matched in another way, which is slower and never held up.",
        "Write it so that each text can be read in one way only: [a-z]+(-[a-z]+)*-? for ([a-z]+-?)+.",
    ),
)  # fmt: skip
