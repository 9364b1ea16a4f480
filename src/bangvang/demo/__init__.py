"""The demo department: an invented Sở Tài chính with ten years of honours and cases made on purpose.

It stands above every room and is called only by `manage.py demo`.
Main words: department (tổ chức, người) · career (quá trình) · case (tình huống) · campaign (phong trào minh hoạ).
"""
