#!/bin/bash
set -e
vi /x
