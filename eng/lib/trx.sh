# Reads the result files of dotnet test. Source it.

# trx_summary FOLDER: "N passed, N failed", with ", N skipped" where some were, over all result files of the folder.
trx_summary() {
    # The outcomes are counted, not the Counters element: that one does not count skipped tests.
    { find "$1" -name '*.trx' -exec grep -ohE '<UnitTestResult [^>]*>' {} + || true; } \
        | awk '
            /outcome="Passed"/      { passed++; next }
            /outcome="NotExecuted"/ { skipped++; next }
                                    { failed++ }
            END {
                printf "%d passed, %d failed", passed, failed
                if (skipped) printf ", %d skipped", skipped
                print ""
            }'
}
