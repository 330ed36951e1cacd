using System.Globalization;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using Telemetry.Tests.Shared;

namespace Telemetry.Events.Kafka.Tests.Transport;

public partial class KafkaErrorTableTests
{
    [Fact]
    public void Every_code_of_the_library_has_one_entry()
    {
        var listed = KafkaErrorTable.All.Select(entry => entry.Code).ToList();

        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Empty(Enum.GetValues<ErrorCode>().Except(listed));
    }

    [Fact]
    public void Reasons_suit_a_metric_and_are_not_used_twice()
    {
        Assert.All(KafkaErrorTable.All, entry => Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", entry.Reason));
        Assert.Equal(KafkaErrorTable.All.Count(), KafkaErrorTable.All.Select(entry => entry.Reason).Distinct().Count());
    }

    [Fact]
    public void The_documentation_holds_the_same_table()
    {
        var rows = KafkaErrorTable.All.Select(entry => string.Create(
            CultureInfo.InvariantCulture, $"| {(int)entry.Code} | {new Error(entry.Code).Reason} | {entry.Status} | `{entry.Reason}` |"));
        var page = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "kafka.md"));

        Assert.Equal(rows, page.Where(line => CodeRow().IsMatch(line)));
    }

    [GeneratedRegex(@"^\| -?\d+ \| .* \| `\w+` \|$")]
    private static partial Regex CodeRow();
}
