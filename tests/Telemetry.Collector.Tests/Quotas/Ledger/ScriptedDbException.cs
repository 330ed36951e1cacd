using System.Data.Common;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

internal sealed class ScriptedDbException(string message) : DbException(message);
