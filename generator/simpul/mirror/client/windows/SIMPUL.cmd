@echo off
setlocal
title Portal Simpul
set "TUJUAN=%USERPROFILE%\Simpul"
if not "%~1"=="" set "TUJUAN=%~1"

:menu
echo.
echo   1. Buka portal dari USB ini
echo   2. Salin atau perbarui portal di %TUJUAN%
echo   3. Selesai
choice /c 123 /n /m "Tekan 1, 2, atau 3: "
if errorlevel 3 goto akhir
if errorlevel 2 goto salin
start "" "%~dp0index.html"
goto akhir

:salin
if exist "%~dp0python\python.exe" goto python
echo Memeriksa isi setiap berkas terhadap daftar di USB (SHA-256).
echo Tanda tangan pusat tidak diperiksa: untuk itu perlu folder python di USB ini.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0simpul.ps1" "%TUJUAN%"
if errorlevel 1 goto gagal
goto selesai

:python
echo Memeriksa tanda tangan pusat, lalu menyalin.
"%~dp0python\python.exe" -I "%~dp0simpul-mirror.pyz" sync "%~dp0." "%TUJUAN%"
if errorlevel 1 goto gagal

:selesai
start "" "%TUJUAN%\index.html"
goto akhir

:gagal
echo.
echo Belum selesai. Baca pesan di atas. Portal tetap dapat dibuka dari USB: tekan 1.
goto menu

:akhir
endlocal
