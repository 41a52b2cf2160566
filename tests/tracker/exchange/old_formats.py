"""Files that no library in use here writes: XLS as Excel 97 saved it, and a minimal XLSB."""

import zlib
from base64 import b85decode
from pathlib import Path
from struct import pack
from zipfile import ZipFile

_XLS = (
    "c-rk)O=uHA6#izrX%bD-q_#pUlu)qR+KYPe(#A@(huRpW_=liV8#FZClxV?v&}z+55IiYf3cYx#dhrK6=*@#r(SsletsXrI3"
    "Le_7Z{E(vRC8!RgO&Z3c{A_Lyf?G+-u&#oo{P>;KWJINFX%xHmhB*FOJssl&}AZ^dfQe-HxE#<J*+7N1LVkBAD-5|@+%)Ie="
    "oqmee(rT;3K6I7(+5=rDIjZ9v*`fY7E`Nq}VfXhf)~LJgx?&r<rbGdXL*aW4fCq*O_)x+j(&ubMa*7E*-~5jW(_e6BT&GI`3"
    "Js9Zh(t;`s6n;k5OkH=mK&f3u?13}FW3xxTcO&dcmP8p(w-_-4m|ukKoX9`oeYl?#yk`%1aLjQply0+X;$2^EM1)FW!D8b9{"
    "S328~IfDk%(6E;bdu@-R*>xo-OsRlTZN`!!<9F;Mx-~$HbSvf{JhjZES(KH1|B4f#Ov0iH5KbWG5gv@8GGZgOq{lpDOYg}e2"
    "t}ZB}&V~?Ku_4s)G6@kKrV*-glov~cw*1ArU)~H1rQ#=9GRcR4b5v|r?*<!Jlm;n>xuyor%K)9Mv5o0fwz`SSEle9J#3^r2H"
    "R-~>DQ<I(Yul-xos75fEhXixR4#lz__($3Dc(Wl*}jE~jkE9K(`cikYnb%aGleeEC2rqRcoKJWp*NKeOq+k(U;;)&kKNYiVL"
    "g`E5uo`{a5yzPqR1I~u9mdRqC5l2mMCLOuq{)!7i`N{<diMtk4uK)l&u}wmQlu*vBH+)HGh#)wgTFg!M2otdW;4<REo5P{zN"
    "t6LKNv*jSEpWE`si?qTH-{@ZiCN2M-=RR2_n^sLr)qUCVs>YUkJgb(SbCd%sEkTO2};p7Zosx)&DZc}!FkKO5l_t}U@j9ru5"
    "s!V&5{j}Z*<I7TXtU%Hx$()U@lV&u;)p-TH-u4J5lx&I$wo(3H"
)
"""A workbook of two sheets: services of Dinas A (KTP, Daring, 12; KK, Manual, 3), and a cell elsewhere."""


def write_xls(path: Path) -> Path:
    """Write the XLS workbook."""
    path.write_bytes(zlib.decompress(b85decode(_XLS)))
    return path


def write_xlsb(path: Path, rows: list[list[str | float]]) -> Path:
    """Write rows as the one sheet of an XLSB workbook, the records that a reader needs (MS-XLSB 2.4)."""
    size = pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _record(129) + _record(148, size) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for place, value in enumerate(row):
            head = pack("<II", place, 0)
            if isinstance(value, str):
                text = pack("<I", len(value)) + value.encode("utf-16-le")
                sheet += _record(6, head + text)
            else:
                sheet += _record(5, head + pack("<d", value))
    sheet += _record(146) + _record(130)
    name = "Layanan".encode("utf-16-le")
    bundle = pack("<II", 0, 1) + pack("<I", 4) + "rId1".encode("utf-16-le")
    bundle += pack("<I", 7) + name
    book = (
        _record(131)
        + _record(143)
        + _record(156, bundle)
        + _record(144)
        + _record(132)
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels",
            _RELATIONS.format("officeDocument", "xl/workbook.bin"),
        )
        archive.writestr("xl/workbook.bin", book)
        relations = _RELATIONS.format("worksheet", "worksheets/sheet1.bin")
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def _record(kind: int, data: bytes = b"") -> bytes:
    """Return a record: its kind and its length in seven bits a byte, then its data."""
    return _seven_bits(kind, kind >= 128) + _seven_bits(len(data)) + data


def _seven_bits(number: int, two: bool = False) -> bytes:
    if two:
        return bytes((number & 0x7F | 0x80, number >> 7))
    out = bytearray()
    while True:
        out.append(number & 0x7F | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(out)


_SCHEMAS = "http://schemas.openxmlformats.org"
_TYPES = (
    f'<Types xmlns="{_SCHEMAS}/package/2006/content-types"><Override PartName="/xl/workbook.bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_SCHEMAS}/officeDocument/2006/relationships/{{}}" Target="{{}}"/></Relationships>'
)
