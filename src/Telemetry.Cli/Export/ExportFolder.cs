namespace Telemetry.Cli.Export;

/// <summary>The folder that an export is written to and compared with. Files in it that are not the export's are let be.</summary>
internal sealed class ExportFolder(string path)
{
    public string Path { get; } = path;

    /// <summary>Writes the files, and deletes the schemas of events that are gone.</summary>
    public void Write(IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, CatalogExport.SchemaFolder));
        foreach (var (file, text) in files)
            File.WriteAllText(FullPath(file), text);
        foreach (var file in Stale(files))
            File.Delete(FullPath(file));
    }

    /// <summary>A sentence for each file that is not as the export has it.</summary>
    public IReadOnlyList<string> Compare(IReadOnlyDictionary<string, string> files) =>
    [
        .. files.Where(file => !File.Exists(FullPath(file.Key))).Select(file => $"{file.Key} is missing."),
        .. files.Where(file => File.Exists(FullPath(file.Key))).Select(file => Compare(file.Key, file.Value)).OfType<string>(),
        .. Stale(files).Select(file => $"{file} is of an event that the assembly does not declare."),
    ];

    private string? Compare(string file, string expected)
    {
        // A checkout may have turned the line ends.
        var actual = File.ReadAllText(FullPath(file)).ReplaceLineEndings("\n");
        if (actual == expected)
            return null;
        var (there, here) = (actual.Split('\n'), expected.Split('\n'));
        var line = there.Zip(here).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{file} differs from line {line + 1}: it has '{At(there, line)}', the assembly '{At(here, line)}'.";
    }

    private static string At(string[] lines, int index) => index < lines.Length ? lines[index].Trim() : "";

    private IEnumerable<string> Stale(IReadOnlyDictionary<string, string> files)
    {
        var folder = FullPath(CatalogExport.SchemaFolder);
        return !Directory.Exists(folder)
            ? []
            : Directory.GetFiles(folder, "*" + CatalogExport.SchemaSuffix)
                .Select(file => $"{CatalogExport.SchemaFolder}/{System.IO.Path.GetFileName(file)}")
                .Where(file => !files.ContainsKey(file))
                .Order(StringComparer.Ordinal);
    }

    private string FullPath(string file) => System.IO.Path.Combine(Path, file.Replace('/', System.IO.Path.DirectorySeparatorChar));
}
