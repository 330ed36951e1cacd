using System.Reflection;
using System.Reflection.Emit;
using Telemetry.Cli.Commands;

namespace Telemetry.Cli.Tests.Commands;

public sealed class CatalogExportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_export_is_a_schema_an_event_an_asyncapi_document_and_an_index()
    {
        var (code, output, error) = await RunAsync(TestAssemblies.Samples);

        Assert.Equal(ExitCode.Success, code);
        Assert.StartsWith("Note: Left out: Telemetry.Cli.Tests.HandWritten, ", error, StringComparison.Ordinal);
        Assert.StartsWith("2 events of Telemetry.Cli.Tests: 4 files", output, StringComparison.Ordinal);
        Assert.Equal(
            ["asyncapi.json", "catalog.json", "schemas/samples.bare.happen.schema.json", "schemas/samples.everything.happen.schema.json"],
            Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.All(
            Directory.GetFiles(_folder, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain('\r', File.ReadAllText(file)));
    }

    [Fact]
    public async Task A_fresh_export_passes_the_check()
    {
        await RunAsync(TestAssemblies.Sdk);

        Assert.Equal(ExitCode.Success, (await RunAsync(TestAssemblies.Sdk, "--check")).Code);
    }

    [Fact]
    public async Task The_check_names_each_difference_and_writes_nothing()
    {
        await RunAsync(TestAssemblies.Samples);
        var changed = Path.Combine(_folder, "catalog.json");
        File.WriteAllText(changed, File.ReadAllText(changed).Replace("\"samples\"", "\"other\"", StringComparison.Ordinal));
        File.Delete(Path.Combine(_folder, "asyncapi.json"));
        File.WriteAllText(Path.Combine(_folder, "schemas", "samples.gone.happen.schema.json"), "{}");

        var (code, _, error) = await RunAsync(TestAssemblies.Samples, "--check");

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("asyncapi.json is missing.", error, StringComparison.Ordinal);
        Assert.Contains("catalog.json differs from line 6: it has '\"topic\": \"other\",', the assembly '\"topic\": \"samples\",'.", error, StringComparison.Ordinal);
        Assert.Contains("schemas/samples.gone.happen.schema.json is of an event that the assembly does not declare.", error, StringComparison.Ordinal);
        Assert.Contains($"telemetry catalog export {TestAssemblies.Samples} --output {_folder}", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "asyncapi.json")));
    }

    [Fact]
    public async Task An_export_deletes_the_schemas_of_events_that_are_gone_and_nothing_else()
    {
        var schemas = Directory.CreateDirectory(Path.Combine(_folder, "schemas")).FullName;
        File.WriteAllText(Path.Combine(schemas, "samples.gone.happen.schema.json"), "{}");
        File.WriteAllText(Path.Combine(schemas, "notes.json"), "{}");
        File.WriteAllText(Path.Combine(_folder, "check.py"), "");

        await RunAsync(TestAssemblies.Samples);

        Assert.False(File.Exists(Path.Combine(schemas, "samples.gone.happen.schema.json")));
        Assert.True(File.Exists(Path.Combine(schemas, "notes.json")));
        Assert.True(File.Exists(Path.Combine(_folder, "check.py")));
    }

    [Fact]
    public async Task Without_the_XML_file_the_export_has_no_descriptions_of_its_own()
    {
        var alone = Path.Combine(_folder, "alone.dll");
        File.Copy(TestAssemblies.Samples, alone);

        var (code, _, _) = await RunAsync(alone);

        Assert.Equal(ExitCode.Success, code);
        var schema = File.ReadAllText(Path.Combine(_folder, "schemas", "samples.everything.happen.schema.json"));
        Assert.DoesNotContain("The order.", schema, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_input() =>
        await IsWrongInputAsync(Path.Combine(_folder, "nope.dll"), "There is no file ");

    [Fact]
    public async Task A_file_that_is_no_assembly_is_wrong_input()
    {
        var text = Path.Combine(_folder, "text.dll");
        File.WriteAllText(text, "text");
        await IsWrongInputAsync(text, " is not a .NET assembly.");
    }

    [Fact]
    public async Task A_truncated_assembly_is_wrong_input()
    {
        var half = Path.Combine(_folder, "half.dll");
        var bytes = File.ReadAllBytes(TestAssemblies.Samples);
        File.WriteAllBytes(half, bytes[..(bytes.Length / 2)]);
        await IsWrongInputAsync(half, " is not a .NET assembly.");
    }

    [Fact]
    public async Task An_assembly_without_events_is_wrong_input() =>
        await IsWrongInputAsync(typeof(ExitCode).Assembly.Location, " declares no events");

    [Theory]
    [InlineData("{}")]
    [InlineData("no JSON")]
    [InlineData("""{"type":"T","name":"a.b.c","topic":"t","delivery":"usage","fields":[{"name":"f","member":"F","type":{"kind":"complex","signature":"complex"}}]}""")]
    public async Task A_description_that_this_version_does_not_know_is_wrong_input(string description)
    {
        var file = Path.Combine(_folder, "newer.dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("newer"), typeof(object).Assembly);
        assembly.SetCustomAttribute(new CustomAttributeBuilder(
            typeof(AssemblyMetadataAttribute).GetConstructors().Single(), ["Telemetry.Events.Event", description]));
        assembly.DefineDynamicModule("newer");
        assembly.Save(file);

        var (code, _, error) = await RunAsync(file);

        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains("Update", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_a_file_is_wrong_input()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        using var error = new StringWriter();

        var code = await TelemetryCommand.InvokeAsync(["catalog", "export", TestAssemblies.Samples, "--output", file], TextWriter.Null, error);

        Assert.Equal(ExitCode.WrongInput, code);
        Assert.StartsWith($"The folder {file} cannot be used: ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("catalog", "export")]
    [InlineData("catalog", "export", "some.dll")]
    [InlineData("catalog", "export", "some.dll", "--output", "folder", "--colour")]
    [InlineData("catalogue")]
    public async Task Wrong_arguments_are_wrong_input(params string[] arguments)
    {
        using var error = new StringWriter();

        Assert.Equal(ExitCode.WrongInput, await TelemetryCommand.InvokeAsync(arguments, TextWriter.Null, error));
        Assert.NotEmpty(error.ToString());
    }

    private async Task IsWrongInputAsync(string assembly, string sentence)
    {
        var (code, _, error) = await RunAsync(assembly);

        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Contains(assembly, error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string assembly, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await TelemetryCommand.InvokeAsync(["catalog", "export", assembly, "--output", _folder, .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
