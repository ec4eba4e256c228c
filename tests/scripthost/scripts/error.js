function deep() {
    throw new Error(5, "oh dear");
}
WScript.Echo("before");
deep();
