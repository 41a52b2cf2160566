"""Files in and out.

``importing.plan_import`` shows what files would do and gives the action that does it, ``exporting.export``
writes everything, ``sheets.writing.write_sheets`` writes what OPDs fill in, ``catalogue``
begins a register, ``loading.load_export`` reads another city's export to compare with.
"""
