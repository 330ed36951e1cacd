using System.CommandLine;
using Telemetry.Cli.Catalog;
using Telemetry.Cli.Export;

namespace Telemetry.Cli.Commands;

/// <summary><c>telemetry catalog export &lt;assembly&gt; --output &lt;folder&gt; [--check]</c></summary>
internal static class CatalogExportCommand
{
    public static Command Create()
    {
        var assembly = new Argument<string>("assembly") { Description = "The built assembly that declares the events. None of its code runs." };
        var output = new Option<string>("--output", "-o") { Description = "The folder of the export; made where it is missing.", Required = true };
        var check = new Option<bool>("--check") { Description = "Write nothing: compare with the folder, and exit with 1 where it differs." };
        var command = new Command("export", "Writes the events as JSON Schema, AsyncAPI and an index.") { assembly, output, check };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(assembly),
            parsed.GetRequiredValue(output),
            parsed.GetValue(check),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string assembly, string output, bool check, TextWriter console, TextWriter errors)
    {
        if (!CatalogReader.TryRead(assembly, out var catalog, out var error))
        {
            errors.WriteLine(error);
            return ExitCode.WrongInput;
        }

        var folder = new ExportFolder(output);
        try
        {
            var files = CatalogExport.Of(catalog);
            var code = check ? Check(folder, files, assembly, console, errors) : Write(folder, files, catalog, console);
            if (catalog.HandWritten.Count > 0)
                errors.WriteLine("Note:" + CatalogReader.OfHandWritten(catalog));
            return code;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"The folder {output} cannot be used: {exception.Message}");
            return ExitCode.WrongInput;
        }
        catch (NotSupportedException exception)
        {
            errors.WriteLine(exception.Message);
            return ExitCode.WrongInput;
        }
    }

    private static int Write(ExportFolder folder, IReadOnlyDictionary<string, string> files, AssemblyCatalog catalog, TextWriter console)
    {
        folder.Write(files);
        console.WriteLine($"{catalog.Events.Count} events of {catalog.Assembly}: {files.Count} files in {folder.Path}");
        return ExitCode.Success;
    }

    private static int Check(
        ExportFolder folder, IReadOnlyDictionary<string, string> files, string assembly, TextWriter console, TextWriter errors)
    {
        var differences = folder.Compare(files);
        if (differences.Count == 0)
        {
            console.WriteLine($"{folder.Path} is as {assembly} has it: {files.Count} files.");
            return ExitCode.Success;
        }

        foreach (var difference in differences)
            errors.WriteLine(difference);
        errors.WriteLine($"Write them anew: telemetry catalog export {assembly} --output {folder.Path}");
        return ExitCode.Different;
    }
}
