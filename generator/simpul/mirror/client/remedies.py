"""What to write into which server's settings for what `check-host` found. The guide holds whole examples."""

from __future__ import annotations

NGINX, APACHE, CADDY, CPANEL = "nginx", "Apache (.htaccess)", "Caddy", "cPanel"
_KINDS = "text/css text/plain text/csv text/javascript application/javascript application/json " \
         "application/ld+json application/xml image/svg+xml text/calendar"
GUIDE = "Contoh lengkap ada di panduan cermin, bagian Menyajikan"

REMEDIES: dict[str, dict[str, str]] = {
    "pemampatan": {
        NGINX: f"gzip on; gzip_min_length 256; gzip_vary on; gzip_types {_KINDS};",
        APACHE: f"AddOutputFilterByType DEFLATE text/html {_KINDS} (perlu mod_deflate)",
        CADDY: "encode gzip",
        CPANEL: "menu Optimize Website, pilih Compress All Content",
    },
    "jenis": {
        NGINX: "include mime.types; di blok http, dan location ~ \\.(csv|jsonld|ics)$ "
               "{ types { text/csv csv; application/ld+json jsonld; text/calendar ics; } }",
        APACHE: "AddType image/webp .webp, AddType application/ld+json .jsonld, "
                "AddType image/svg+xml .svg, AddType text/javascript .js, AddType application/json .json, "
                "AddType text/calendar .ics, AddType text/csv .csv",
        CADDY: 'header *.jsonld Content-Type application/ld+json (sama untuk yang lain)',
        CPANEL: "menu MIME Types",
    },
    "halaman 404": {
        NGINX: "error_page 404 /404.html; (di subfolder: /nama-folder/404.html)",
        APACHE: "ErrorDocument 404 /404.html (di subfolder: /nama-folder/404.html)",
        CADDY: "handle_errors { rewrite * /404.html, lalu file_server }",
        CPANEL: "menu Error Pages, atau baris Apache di .htaccess",
    },
    "folder program": {
        NGINX: "location ~ /\\. { return 404; }",
        APACHE: 'RedirectMatch 404 "/\\.(?!well-known/)"',
        CADDY: "@titik path */.* lalu respond @titik 404",
        CPANEL: "baris Apache di .htaccess",
    },
    "daftar isi folder": {
        NGINX: "autoindex off;", APACHE: "Options -Indexes", CADDY: "file_server tanpa browse",
        CPANEL: "menu Indexes, pilih No Indexing",
    },
    "potongan": {
        NGINX: "hapus max_ranges 0;", APACHE: "hapus Header unset Accept-Ranges dan MaxRanges none",
        CADDY: "pakai file_server", CPANEL: "tanyakan penyedia hosting",
    },
    "simpanan peramban": {
        NGINX: "hapus expires dari blok halaman; add_header Cache-Control no-cache; etag on;",
        APACHE: "Header always set Cache-Control no-cache; FileETag MTime Size; tanpa ExpiresByType",
        CADDY: "header Cache-Control no-cache",
        CPANEL: "baris Apache di .htaccess; matikan cache dari plugin",
    },
    "https": {
        NGINX: "pasang sertifikat (certbot --nginx)", APACHE: "pasang sertifikat (certbot --apache)",
        CADDY: "tulis nama domain sebagai ganti :80; sertifikatnya diurus sendiri",
        CPANEL: "menu SSL/TLS Status, jalankan AutoSSL",
    },
    "IPv6": {
        NGINX: "listen [::]:80; dan listen [::]:443 ssl;", APACHE: "Listen 80 tanpa alamat IPv4 di depannya",
        CADDY: "bawaannya sudah", CPANEL: "minta alamat IPv6 dan catatan AAAA pada penyedia hosting",
    },
    "kebijakan": {
        NGINX: "add_header X-Content-Type-Options nosniff always;",
        APACHE: "Header always set X-Content-Type-Options nosniff",
        CADDY: "header X-Content-Type-Options nosniff", CPANEL: "baris Apache di .htaccess",
    },
    "beranda": {
        NGINX: "index index.html;", APACHE: "DirectoryIndex index.html", CADDY: "file_server",
        CPANEL: "baris Apache di .htaccess",
    },
}


def remedies(subject: str, server: str) -> list[tuple[str, str]]:
    """(server, what to write) for the servers this one may be, by what it calls itself."""
    known = REMEDIES.get(subject, {})
    called = server.lower()
    if "nginx" in called or "openresty" in called:
        names = [NGINX, CPANEL]  # shared hosts often put nginx before their Apache
    elif "apache" in called or "litespeed" in called:
        names = [APACHE, CPANEL]
    elif "caddy" in called:
        names = [CADDY]
    else:
        names = [NGINX, APACHE, CADDY, CPANEL]
    return [(name, known[name]) for name in names if name in known]
